import { expect, expectTypeOf, test } from "vitest";
import { ExtractionError, extract, extractList, extractOneOf, parse, stream, streamList, withTransform } from "../../src/runtime/index.js";
import type { Spec, StreamSpec } from "../../src/runtime/spec.js";
import { type Invoice, type InvoicePartial, invoiceSpec, invoiceStreamSpec } from "../golden/generate/checks/generated/invoice.js";
import { events, loopback, toolAnswer, toolStream } from "./loopback.js";

const [a, b]: readonly [Invoice, Invoice] = [
  { number: "A1", lines: [1, 2], total: 3 },
  { number: "B2", lines: [4], total: 4 },
];
const wrong: Invoice = { ...a, total: 4 };

let calls = 0;
const cents = withTransform(invoiceStreamSpec, ({ number, lines }) => {
  calls++;
  return { number, cents: lines.map((line) => BigInt(line * 100)) };
});
const inCents = [
  { number: "A1", cents: [100n, 200n] },
  { number: "B2", cents: [400n] },
];

test("values are of the new type, whole, in lists, in streams, parsed and as a choice", async () => {
  expectTypeOf(cents).toEqualTypeOf<StreamSpec<{ number: string; cents: bigint[] }, InvoicePartial, "Invoice">>();
  expectTypeOf(withTransform(invoiceSpec, ({ total }) => String(total))).toEqualTypeOf<Spec<string, "Invoice">>();
  await using server = await loopback(
    toolAnswer(a, "extract_invoice"),
    toolAnswer({ items: [a, b] }, "extract_invoice_list"),
    events(toolStream([JSON.stringify(a)], "extract_invoice")),
    events(toolStream(['{"items":[', JSON.stringify(a), ",", JSON.stringify(b), "]}"], "extract_invoice_list")),
    toolAnswer({ result: { type: "money", value: b } }, "extract_money"),
  );
  const { client } = server;
  const details = await extract(cents, "…", { client, validate: ({ cents: all }) => all.length === 2 || "two" }).withDetails();
  expect(details.value).toEqual(inCents[0]);
  expect(await extractList(cents, "…", { client })).toEqual(inCents);
  const growing = stream(cents, "…", { client });
  for await (const { total } of growing) expectTypeOf(total).toEqualTypeOf<number | undefined>();
  expect(await growing.result).toEqual(inCents[0]);
  calls = 0;
  const list = streamList(cents, "…", { client });
  const items: unknown[] = [];
  const all = list.result;
  for await (const item of list) items.push(item);
  expect(items).toEqual(inCents);
  // The list holds the very items that were handed out.
  expect((await all).every((item, index) => item === items[index])).toBe(true);
  expect(calls).toBe(2);
  expect(await extractOneOf({ money: cents }, "…", { client })).toEqual({ type: "money", value: inCents[1] });
  expect(parse(cents, JSON.stringify(a))).toEqual(inCents[0]);
});

test("the schema's own checks judge the value as it came; refused ones are not transformed", async () => {
  await using server = await loopback(
    toolAnswer(wrong, "extract_invoice"),
    toolAnswer(a, "extract_invoice"),
    toolAnswer({ items: [a, wrong] }, "extract_invoice_list"),
    toolAnswer({ result: { type: "money", value: wrong } }, "extract_money"),
  );
  const { client } = server;
  const texts = withTransform(
    withTransform(invoiceSpec, ({ number }) => number),
    (number) => number.length,
  );
  const { value, attempts } = await extract(texts, "…", { client }).withDetails();
  expect(value).toBe(2);
  expect(attempts[0]?.issues).toEqual([{ path: ["total"], message: "must be 3, the sum of the lines" }]);
  await expect(extractList(texts, "…", { client, maxRetries: 0 })).rejects.toThrow("must be 3, the sum of the lines");
  await expect(extractOneOf({ money: texts }, "…", { client, maxRetries: 0 })).rejects.toThrow("must be 3, the sum of the lines");
  expect(() => parse(texts, JSON.stringify(wrong))).toThrow("must be 3, the sum of the lines");
});

test("what the transform throws ends the call, once", async () => {
  const broken = withTransform(invoiceStreamSpec, (): string => {
    throw new RangeError("no rows");
  });
  await using server = await loopback(
    toolAnswer(a, "extract_invoice"),
    events(toolStream(['{"items":[', JSON.stringify(a), "]}"], "extract_invoice_list")),
  );
  const { client } = server;
  for (const failing of [() => extract(broken, "…", { client }), () => streamList(broken, "…", { client }).result]) {
    const error: unknown = await failing().catch((thrown: unknown) => thrown);
    expect(ExtractionError.is(error)).toBe(true);
    expect(error).toMatchObject({ message: "Option transform threw: RangeError: no rows", cause: new RangeError("no rows") });
  }
  expect(() => parse(broken, JSON.stringify(a))).toThrow("Option transform threw: RangeError: no rows");
  expect(server.requests).toHaveLength(2);
});
