import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { extract, extractList, stream } from "../../src/runtime/index.js";
import { confidenceOf } from "../../src/runtime/call/confidence.js";
import { jsonSpans } from "../../src/runtime/call/json-spans.js";
import type { ExtractionDetails, ExtractOptions } from "../../src/runtime/options.js";
import { type User, userSpec } from "./user-spec.js";

let emulator: Emulator;
let client: Cerebras;
beforeAll(async () => {
  emulator = await startEmulator();
  client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
});
afterAll(() => emulator.close());

const ada = { name: "Ada Lovelace", age: 36 };

async function ask(value: unknown, options: ExtractOptions<User>): Promise<ExtractionDetails<User>> {
  emulator.enqueue({ value });
  const details = await extract(userSpec, "…", { client, model: "gpt-oss-120b", maxRetries: 0, ...options }).withDetails();
  expect(JSON.stringify(emulator.requests.at(-1)?.body).includes('"logprobs":true')).toBe(
    (options.logprobs ?? options.extra) !== undefined,
  );
  return details;
}

test.each(["tools", "json_schema", "json_object"] as const)("each field's confidence is that of its own tokens: %s", async (mode) => {
  const { confidence } = await ask(ada, { mode, logprobs: true });
  expectTypeOf(confidence?.fields[0]?.probability).toEqualTypeOf<number | undefined>();
  expect(confidence?.tokens.map(({ token }) => token).join("")).toContain(JSON.stringify(ada));
  const told = confidence?.fields.map(({ path, probability, least, tokens: [from, to] }) => ({
    path,
    text: confidence.tokens
      .slice(from, to)
      .map(({ token }) => token)
      .join(""),
    probability: probability.toFixed(4),
    least: least.toFixed(4),
  }));
  // The emulator's logarithm of a word is -1/32 a letter, of marks -1/1024.
  expect(told).toEqual([
    {
      path: ["name"],
      text: 'Ada Lovelace","',
      probability: Math.exp(-11 / 32 - 1 / 1024).toFixed(4),
      least: Math.exp(-8 / 32).toFixed(4),
    },
    { path: ["age"], text: "36", probability: Math.exp(-2 / 32).toFixed(4), least: Math.exp(-2 / 32).toFixed(4) },
  ]);
  expect(confidence?.logprob).toBeCloseTo(confidence?.tokens.reduce((sum, { logprob }) => sum + logprob, 0) ?? 0, 10);
});

test("alternatives are told where they are asked for; a call that asks for nothing is told nothing", async () => {
  const { confidence } = await ask(ada, { logprobs: 3 });
  expect(confidence?.tokens[1]?.alternatives).toHaveLength(3);
  expect((await ask(ada, { extra: { logprobs: true } })).confidence?.tokens[1]?.alternatives).toEqual([]);
  expect((await ask(ada, {})).confidence).toBeUndefined();
  await expect(ask(ada, { logprobs: 21 })).rejects.toThrow("between 0 and 20");
});

test("a stream tells the same, and so does a list", async () => {
  const options = { client, model: "gpt-oss-120b", logprobs: true } as const;
  const streamSpec = { ...userSpec, handler: { plan: { root: { kind: "any" } } } } as const;
  emulator.enqueue({ value: ada }, { value: ada }, { value: { items: [ada, { name: "Bo", age: 7 }] } });
  const whole = await extract(userSpec, "…", options).withDetails();
  const { confidence } = await stream(streamSpec, "…", options).withDetails();
  // Pieces of one token or several: what each field is written with is the same.
  expect(confidence?.fields.map(({ path }) => path)).toEqual(whole.confidence?.fields.map(({ path }) => path));
  expect(confidence?.fields[1]?.probability).toBeCloseTo(whole.confidence?.fields[1]?.probability ?? 0, 10);
  const list = await extractList(userSpec, "…", options).withDetails();
  expect(list.confidence?.fields.map(({ path }) => path.join("."))).toEqual(["0.name", "0.age", "1.name", "1.age"]);
});

test("maps, wrapped roots and texts of half characters find their tokens", () => {
  const text = '{"value":[{"key":"a b","value":"ä😀"},{"key":"c","value":[]}]}';
  const bytes = [...Buffer.from(`<call>${text}</call>`)];
  const content = bytes.map((byte, index) => ({ token: "?", logprob: -index, bytes: [byte], top_logprobs: [] }));
  const value = { "a b": "ä😀", c: [] };
  const confidence = confidenceOf({ logprobs: [{ content }], text, wire: JSON.parse(text), value });
  const at = (needle: string): number => Buffer.from(`<call>${text}`).indexOf(Buffer.from(needle));
  expect(confidence?.fields.map(({ path, tokens }) => [path, tokens])).toEqual([
    [["a b"], [at("ä😀"), at("ä😀") + 7]],
    [["c"], [at("[]"), at("[]") + 2]],
  ]);
  expect(confidenceOf({ logprobs: [{ content: null }, null, {}], text, wire: undefined, value })).toBeUndefined();
  expect(confidenceOf({ logprobs: [{ content: content.slice(9) }], text, wire: {}, value })?.fields).toEqual([]);
});

test("the places of a JSON text's values are theirs, however it is laid out", () => {
  fc.assert(
    fc.property(fc.json({ depthSize: "medium" }), fc.constantFrom(undefined, 1, "\t"), (json, space) => {
      const value: unknown = JSON.parse(json);
      const text = JSON.stringify(value, undefined, space);
      for (const [key, [start, end]] of jsonSpans(text)) {
        const path = JSON.parse(key) as readonly (string | number)[];
        const part = path.reduce<unknown>((at, step) => Object.getOwnPropertyDescriptor(at, step)?.value, value);
        const found = text.slice(start, end);
        expect(JSON.parse(typeof part === "string" && part !== "" ? `"${found}` : found)).toEqual(part);
      }
      expect(jsonSpans(text).has("[]")).toBe(true);
    }),
    { seed: 5 },
  );
});
