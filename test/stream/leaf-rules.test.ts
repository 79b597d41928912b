import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamFileTree, streamFileTreeList } from "../../generated/file-tree.js";
import { streamUser } from "../../generated/user.js";
import { encode } from "../../src/lower/encode.js";
import { lower } from "../../src/lower/lower.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { decode } from "../../src/runtime/decode.js";
import { Misfit } from "../../src/runtime/json/misfit.js";
import type { JsonObject, Mode, Plan } from "../../src/runtime/spec.js";
import { withLeafRules } from "../../src/runtime/stream/leaf-rules.js";
import { documentOf } from "../lower/document-of.js";
import { samples } from "../lower/schema-arbitrary.js";
import { validatorOf } from "../lower/validator-of.js";
import { fakeClient } from "./fake-client.js";
import { all, cut, scannerOf, shapeWithMakers } from "./read-pieces.js";

describe("promise 5 where the API holds an answer to nothing", () => {
  const note = "x".repeat(400);

  test("a leaf of another JSON type is never shown: what it means is, as soon as that is known, and the rest goes on", async () => {
    const text = JSON.stringify({ name: "src", size: "29", children: [{ name: note, size: 1, children: [] }] });
    const stream = streamFileTree("text", { client: fakeClient(cut(text, 4)) });
    const seen = await all(stream);
    expect(seen.every(({ size }) => size === undefined || size === 29)).toBe(true);
    expect(seen.filter(({ size, children }) => size === 29 && children?.[0] !== undefined).length).toBeGreaterThan(3);
    expect(await stream.result).toEqual({ name: "src", size: 29, children: [{ name: note, size: 1, children: [] }] });
    expect((await stream.withDetails()).repairs).toMatchObject([{ path: ["size"] }]);
  });

  test("where nothing may be mended, snapshots stay as they are", async () => {
    const text = JSON.stringify({ name: "src", size: "29", children: [{ name: note, size: 1, children: [] }] });
    const stream = streamFileTree("text", { client: fakeClient(cut(text, 4)), repair: "strict", maxRetries: 0 });
    const seen: unknown[] = [];
    await expect(async () => {
      for await (const partial of stream) seen.push(partial);
    }).rejects.toMatchObject({ name: "InvalidOutputError" });
    expect(seen.at(-1)).toEqual({ name: "src" });
  });

  test("of a list: in an item that may be left out, nothing is mended", async () => {
    const nodes = ["a", "29", "b", "big", "c"].map((size, at) => ({ name: `${at}`, size: /\d|big/.test(size) ? size : at, children: [] }));
    const text = JSON.stringify({ items: nodes.filter(({ size }) => size !== "big") });
    const mended = streamFileTreeList("text", { client: fakeClient(cut(text, 4)) });
    expect((await all(mended)).map(({ size }) => size)).toEqual([0, 29, 2, 4]);
    const all5 = JSON.stringify({ items: nodes });
    const skipped = streamFileTreeList("text", { client: fakeClient(cut(all5, 4)), onInvalidItem: "skip" });
    expect((await all(skipped)).map(({ size }) => size)).toEqual([0, 2, 4]);
  });

  test("mode json_object", async () => {
    const client = fakeClient(cut(JSON.stringify({ age: "36", name: note }), 4));
    const ages = (await all(streamUser("text", { client, mode: "json_object" }))).map(({ age }) => age);
    expect(ages.every((age) => age === undefined || age === 36)).toBe(true);
    expect(ages.filter((age) => age === 36).length).toBeGreaterThan(3);
  });

  test("what a call is narrowed to appears complete, and nothing else does", async () => {
    const narrow = { name: ["Ada", "Bob"] };
    const names = async (answers: readonly unknown[], mode: Mode): Promise<readonly unknown[]> => {
      const client = fakeClient(...answers.map((answer) => cut(JSON.stringify(answer), 1)));
      return (await all(streamUser("text", { client, mode, narrow }))).map(({ name }) => name);
    };
    const ada = { name: "Ada", age: 36 };
    expect(new Set(await names([ada], "tools"))).toEqual(new Set([undefined, "Ada"]));
    expect(new Set(await names([{ ...ada, name: "Eve" }, ada], "json_object"))).toEqual(new Set([undefined, "Ada"]));
  });
});

test("what is held until it is complete, because no rule decides its branch, is looked at as well", () => {
  const schema = {
    type: "object",
    properties: { c: { anyOf: [list("string"), list("integer")] } },
    required: ["c"],
    additionalProperties: false,
  };
  const { plan, one } = lower(documentOf(schema), { profile: cerebras });
  const isFrozen = (c: readonly unknown[]): boolean => readRuled(plan, one.schema, JSON.stringify({ c })).frozen;
  expect([["a"], [1], []].map(isFrozen)).toEqual([false, false, false]);
  expect([["a", 1], [true], [1.5]].map(isFrozen)).toEqual([true, true, true]);
  // Two keys, and no tag.
  const branch = (key: string): JsonObject => ({
    type: "object",
    properties: { [key]: list("integer") },
    required: [key],
    additionalProperties: false,
  });
  const keyed = lower(documentOf({ anyOf: [branch("a"), { type: "array", items: branch("b") }, list("integer")] }), { profile: cerebras });
  const text = JSON.stringify(encode(keyed, [{ b: [7] }])?.wire);
  expect(readRuled(keyed.plan, keyed.one.schema, text).frozen).toBe(false);
  expect(readRuled(keyed.plan, keyed.one.schema, text.replace("7", '"7"')).frozen).toBe(true);
});

test("a rule refuses what Ajv refuses at a leaf, and nothing that is valid", { timeout: 600_000 }, () => {
  let refused = 0;
  fc.assert(
    fc.property(samples, fc.nat(), fc.constantFrom<unknown>("zz", 7, 1.5, true, false, null), ({ schema, values }, which, other) => {
      const lowering = lower(documentOf(schema), { profile: cerebras });
      const { plan, one } = lowering;
      const valid = new Ajv2020({ strict: false, allErrors: true, ownProperties: true, validateFormats: false, logger: false }).compile(
        one.schema,
      );
      for (const value of values.filter(validatorOf(schema))) {
        const encoded = encode(lowering, value);
        if (encoded === undefined) continue;
        const [wire, path] = withOther(encoded.wire, which, other);
        const { frozen, read } = readRuled(plan, one.schema, JSON.stringify(wire));
        if (valid(wire)) {
          expect(frozen).toBe(false);
          expect(read).toEqual(decode(plan, wire));
        } else if (other !== null && !/"json"/.test(JSON.stringify(plan)) && isLeafFault(valid.errors, path)) {
          refused++;
          expect(frozen, `${JSON.stringify(wire)} of ${JSON.stringify(one.schema)}`).toBe(true);
        }
      }
    }),
    { numRuns: process.env["TEST_HARDER"] === undefined ? 150 : 8000 },
  );
  expect(refused).toBeGreaterThan(5);
});

function list(type: string): JsonObject {
  return { type: "array", items: { type } };
}

function readRuled(plan: Plan, schema: JsonObject, text: string): { readonly frozen: boolean; readonly read: unknown } {
  const tool = { type: "function", function: { name: "extract", description: "", strict: false, parameters: schema } } as const;
  const spec = { name: "S", wire: { one: tool, list: tool }, decode: (wire: unknown) => wire, validate: () => true, instructions: "" };
  const scanner = scannerOf(plan, {}, withLeafRules({ spec, shape: "one" }, shapeWithMakers(plan)));
  try {
    for (const piece of cut(text, 3)) scanner.write(piece);
    const read = scanner.end();
    return { frozen: scanner.frozen, read };
  } catch (error) {
    // The key of a map's entry that is no string.
    if (!(error instanceof Misfit)) throw error;
    return { frozen: true, read: undefined };
  }
}

/** The value with one of its leaves changed, and where that is. */
function withOther(value: unknown, which: number, other: unknown): readonly [unknown, string] {
  const leaves: string[] = [];
  collect(value, "");
  const chosen = leaves[which % leaves.length];
  return [change(value, ""), chosen ?? ""];

  function collect(part: unknown, at: string): void {
    if (typeof part !== "object" || part === null) leaves.push(at);
    else for (const [key, member] of Object.entries(part)) collect(member, `${at}/${token(key)}`);
  }

  function change(part: unknown, at: string): unknown {
    if (at === chosen) return other;
    if (typeof part !== "object" || part === null) return part;
    const members = Object.entries(part).map(([key, member]) => [key, change(member, `${at}/${token(key)}`)] as const);
    return Array.isArray(part) ? members.map(([, member]) => member) : Object.fromEntries(members);
  }
}

function token(key: string): string {
  return key.replace(/~/g, "~0").replace(/\//g, "~1");
}

function isLeafFault(errors: unknown, path: string): boolean {
  return (
    Array.isArray(errors) &&
    errors.some(
      (error: { instancePath: string; keyword: string }) =>
        error.instancePath === path && ["type", "enum", "const"].includes(error.keyword),
    )
  );
}
