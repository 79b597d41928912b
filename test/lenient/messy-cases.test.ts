import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { readLenient } from "../../src/runtime/lenient/read-lenient.js";
import type { JsonObject, LenientReading } from "../../src/runtime/spec.js";
import { MessyFeed } from "../../src/runtime/stream/messy-feed.js";

/**
 * What a careful person makes of a text. `tier`: the policy that is needed for it. The values of the first 208 were written down
 * before the reader was asked. Of those after them some were put right when it was seen to disagree, and where a refusal would have
 * done as well, the tier is the one it needed.
 */
interface Case {
  readonly kind: string;
  readonly schema: string;
  readonly tier: "safe" | "lenient" | "refused";
  readonly raw: string;
  readonly value?: unknown;
  /** Kinds that must be told, among others. */
  readonly repairs?: readonly string[];
}

const [first, ...lines] = readFileSync(new URL("messy-cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
// Parse boundary: the file stands beside this one.
const { schemas } = JSON.parse(first ?? "") as { readonly schemas: Readonly<Record<string, JsonObject>> };
const cases = lines.map((line) => JSON.parse(line) as Case);
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);

test.each(cases)("$kind, $tier: $raw", ({ schema: name, tier, raw, value, repairs = [] }) => {
  const schema = schemas[name] ?? {};
  const validate = ajv.compile(schema);
  const read = (policy: "safe" | "lenient", text: string, partial = false): LenientReading =>
    readLenient(text, { schema, policy, partial, accept: (found) => validate(found) });
  const policy = tier === "safe" ? "safe" : "lenient";
  const reading = read(policy, raw);
  if (tier !== "safe") expect(read("safe", raw).ok).toBe(false);
  if (tier === "refused") return expect(reading.ok).toBe(false);
  expect(reading).toMatchObject({ ok: true });
  if (!reading.ok) return;
  expect(reading.value).toEqual(value);
  expect(reading.repairs.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...repairs]));
  if (tier === "lenient") expect(reading.repairs.map(({ severity }) => severity)).toContain("lenient");
  else expect(read("lenient", raw)).toMatchObject({ ok: true, value });
  for (let cut = 0; cut <= raw.length; cut++) {
    const feed = new MessyFeed("", (text, partial) => read(policy, text, partial));
    feed.write(raw.slice(0, cut));
    feed.write(raw.slice(cut));
    expect(JSON.parse(feed.end().json)).toEqual(value);
  }
});
