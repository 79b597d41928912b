import { expect, test } from "vitest";
import { generate } from "../../src/index.js";
import type { GenerateSettings } from "../../src/config/generate-settings.js";
import { extractAnyOf, extractOneOf } from "../../src/runtime/choice/extract-one-of.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { extract } from "../../src/runtime/extract.js";
import { parse } from "../../src/runtime/parse.js";
import {
  extractInvoice,
  extractInvoiceList,
  type Invoice,
  invoiceSpec,
  parseInvoice,
  streamInvoice,
  streamInvoiceList,
} from "../golden/generate/checks/generated/invoice.js";
import { fakeClient } from "../stream/fake-client.js";
import { loopback, toolAnswer } from "./loopback.js";

const right: Invoice = { number: "A1", lines: [1, 2], total: 3 };
const wrong: Invoice = { ...right, total: 4 };
const answer = (value: unknown): ReturnType<typeof toolAnswer> => toolAnswer(value, "extract_invoice");

test("a check that the schema names judges every call, and the model is told", async () => {
  await using server = await loopback(answer(wrong), answer(right));
  const { value, attempts } = await extractInvoice("…", { client: server.client }).withDetails();
  expect(value).toEqual(right);
  expect(attempts[0]?.issues).toEqual([{ path: ["total"], message: "must be 3, the sum of the lines" }]);
  expect(server.requests[1]?.body.messages[3].content).toContain('"total": 4  // must be 3, the sum of the lines');
});

test("it gets the call's context, and stands beside the call's own checks", async () => {
  await using server = await loopback(answer(wrong));
  const options = { client: server.client, context: { closed: ["A1"] }, validate: () => "not today", maxRetries: 0 };
  const error: unknown = await extractInvoice("…", options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    issues: [{ message: "must be 3, the sum of the lines" }, { message: "invoice A1 is closed" }, { message: "not today" }],
  });
});

test("of a list, each item is judged, with its place", async () => {
  await using server = await loopback(toolAnswer({ items: [right, wrong] }, "extract_invoice_list"));
  const error: unknown = await extractInvoiceList("…", { client: server.client, maxRetries: 0 }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ issues: [{ path: [1, "total"] }] });
});

test("streams are judged at their end", async () => {
  const { result } = streamInvoice("…", { client: fakeClient([JSON.stringify(wrong)], [JSON.stringify(right)]) });
  expect(await result).toEqual(right);
  const list = streamInvoiceList("…", { client: fakeClient([JSON.stringify({ items: [right, wrong] })]), maxRetries: 0 });
  await expect(list.result).rejects.toMatchObject({ issues: [{ path: [1, "total"] }] });
});

test("a choice is judged by the checks of the spec that was chosen", async () => {
  await using server = await loopback(
    answer({ result: { type: "invoice", value: wrong } }),
    answer({ result: { type: "invoice", value: right } }),
    toolAnswer({ items: [{ type: "invoice", value: wrong }] }, "extract_invoice_list"),
  );
  const { client } = server;
  const { value, attempts } = await extractOneOf({ invoice: invoiceSpec }, "…", { client }).withDetails();
  expect(value).toEqual({ type: "invoice", value: right });
  expect(attempts[0]?.issues).toMatchObject([{ path: ["value", "total"] }]);
  const error: unknown = await extractAnyOf({ invoice: invoiceSpec }, "…", { client, maxRetries: 0 }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ issues: [{ path: [0, "value", "total"] }] });
});

test("a text obtained elsewhere is judged too; a check that is asynchronous can't be waited for", () => {
  expect(parseInvoice(JSON.stringify(right))).toEqual(right);
  expect(() => parseInvoice(JSON.stringify(wrong))).toThrow("must be 3, the sum of the lines");
  expect(() => parseInvoice(JSON.stringify(right), { context: { closed: ["A1"] } })).toThrow("invoice A1 is closed");
  const later = { ...invoiceSpec, checks: [async (): Promise<boolean> => Promise.reject(new Error("unread"))] };
  expect(() => parse(later, JSON.stringify(right))).toThrow("asynchronous");
});

test("an asynchronous check is waited for, and one that throws ends the call", async () => {
  await using server = await loopback(answer(right));
  const { client } = server;
  const later = { ...invoiceSpec, checks: [async (): Promise<string> => Promise.resolve("no")] };
  await expect(extract(later, "…", { client, maxRetries: 0 })).rejects.toMatchObject({ issues: [{ message: "no" }] });
  const broken = { ...invoiceSpec, checks: [(): boolean => expect.fail("broken")] };
  const error: unknown = await extract(broken, "…", { client }).catch((thrown: unknown) => thrown);
  expect(ExtractionError.is(error) && error.message).toMatch(/^Option checks threw: .*broken/);
});

interface Given {
  readonly source?: string;
  readonly schema: string;
  readonly settings?: GenerateSettings;
}

async function generated({
  source = "schemas/order.schema.json",
  schema,
  settings = {},
}: Given): Promise<{ text: string; problems: string[] }> {
  const files = new Map([
    [source, schema],
    ["schemas/order-checks.ts", ""],
    ["checks/order.mjs", ""],
  ]);
  const [result] = await generate({
    root: "/nowhere",
    sources: [source],
    inputFolder: "schemas",
    outputFolder: "src/generated",
    files: { read: (path) => files.get(path) },
    settingsFor: () => settings,
  });
  const problems = result?.diagnostics.filter(({ severity }) => severity !== "info").map(({ message }) => message) ?? [];
  return { text: result?.files[0]?.text ?? "", problems };
}

const schemaWith = (checks: unknown): string =>
  JSON.stringify({ type: "object", properties: { a: { type: "string" } }, additionalProperties: false, "x-extract": { checks } });

test("named by the schema, by the configuration, by both; each module is imported once", async () => {
  const settings = { checks: { Order: ["./checks/order.mjs#a", "./schemas/order-checks.ts#totals"], Other: "./nowhere.ts#x" } };
  const { text, problems } = await generated({ schema: schemaWith("./order-checks.ts#totals"), settings });
  expect(problems).toEqual([]);
  expect(text).toContain(
    'import * as $checks from "../../schemas/order-checks.js";\nimport * as $checks2 from "../../checks/order.mjs";\n',
  );
  expect(text).toContain("  checks: [$checks.totals, $checks2.a],\n");
});

test("named in JSDoc", async () => {
  const schema = "/** @extract checks=./order-checks.ts#totals,./order-checks.ts#isOpen */\nexport interface Order { a: string }\n";
  const { text, problems } = await generated({ source: "schemas/order.ts", schema });
  expect(problems).toEqual([]);
  expect(text).toContain("  checks: [$checks.totals, $checks.isOpen],\n");
});

test.each([
  ["./order-checks.ts", "the name of an export must follow #"],
  ["./order-checks.ts#a.b", "the name of an export must follow #"],
  ["./order-checks.ts#x; evil()", "the name of an export must follow #"],
  ["order-checks#totals", "it is no path of a TypeScript or JavaScript file"],
  ["https://example.com/checks.ts#totals", "it is no path of a TypeScript or JavaScript file"],
  ["/etc/checks.ts#totals", "it is no path of a TypeScript or JavaScript file"],
  ["./order-checks.d.ts#totals", "it is no path of a TypeScript or JavaScript file"],
  ["../../elsewhere/checks.ts#totals", "it lies outside the project's root"],
  ["./missing.ts#totals", "there is no file schemas/missing.ts"],
])("%s is refused: %s", async (reference, problem) => {
  const { text, problems } = await generated({ schema: schemaWith([reference]) });
  expect(problems).toEqual([`The check ${reference} can't be imported: ${problem}.`]);
  expect(text).toBe("");
});

test("only the root's own are taken: never those of what it refers to", async () => {
  const inner = { type: "object", properties: {}, additionalProperties: false, "x-extract": { checks: "./order-checks.ts#totals" } };
  const schema = JSON.stringify({
    type: "object",
    properties: { a: { $ref: "#/$defs/Inner" } },
    additionalProperties: false,
    $defs: { Inner: inner },
  });
  const { text, problems } = await generated({ schema });
  expect(problems).toEqual(["`x-extract.checks` counts at the root of a schema only; here it is ignored."]);
  expect(text).not.toContain("$checks");
});
