import { isDeepStrictEqual } from "node:util";
import { decode } from "@schemacast/runtime/v1";
import { expect } from "vitest";
import { encode } from "../../src/lower/encode.js";
import { lower, type LowerOptions } from "../../src/lower/lower.js";
import type { Lowering } from "../../src/lower/lowering.js";
import { checkProfile } from "../../src/lower/profile-checker.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import type { Profile } from "../../src/profiles/profile.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import { createRandom } from "../../src/samples/random.js";
import { sampleValue } from "../../src/samples/sample-value.js";
import { readPieces } from "../stream/read-pieces.js";
import { documentOf } from "./document-of.js";
import type { Sample } from "./schema-arbitrary.js";
import { isSpokenOf } from "./spoken-of.js";
import { validatorOf } from "./validator-of.js";

/** The law of the lowering, for one schema and some of its values. */
export function holdsLaw({ schema, values }: Sample, options: Partial<LowerOptions> = {}): void {
  const lowering = lower(documentOf(schema), { profile: cerebras, ...options });
  const { one, plan } = lowering;
  const valid = validatorOf(one.schema);
  const original = validatorOf(schema);
  for (const value of values) {
    if (!original(value)) continue;
    const encoded = encode(lowering, value);
    if (encoded === undefined) throw new Error(`no place for ${JSON.stringify(value)} in ${JSON.stringify(one.schema)}`);
    expect(encoded.dropped).toEqual([]);
    if (!valid(encoded.wire)) throw new Error(`${JSON.stringify(encoded.wire)} is not valid under ${JSON.stringify(one.schema)}`);
    const back = decode(plan, encoded.wire);
    if (!isDeepStrictEqual(back, value)) {
      throw new Error(`${JSON.stringify(value)} went as ${JSON.stringify(encoded.wire)} and came back as ${JSON.stringify(back)}`);
    }
  }
  isAccepted(lowering, options.profile);
}

/**
 * The law for a schema as the reader gives it: what is valid comes back, whole and streamed. Undeclared keys come back where objects are
 * open; where not, such values are only looked at on the wire, and a root has no place for what none of its keywords speaks of.
 */
export function holdsLawAsRead({ schema, values }: Sample, options: Partial<LowerOptions> = {}): void {
  const source = JSON.stringify(schema);
  const [document] = readJsonSchema("s.json", { read: (path) => (path === "s.json" ? source : undefined) }).documents;
  if (document === undefined) throw new Error(`not read: ${source}`);
  const lowering = lower(document, { profile: cerebras, ...options });
  const original = validatorOf(schema);
  const onWire = validatorOf(lowering.one.schema);
  for (const value of values.filter(original)) {
    const encoded = encode(lowering, value);
    if (encoded === undefined) {
      if (options.open !== true && !isSpokenOf(schema, value)) continue;
      throw new Error(`no place for ${JSON.stringify(value)} of ${source}`);
    }
    if (!onWire(encoded.wire)) throw new Error(`${JSON.stringify(encoded.wire)} is not valid on the wire of ${source}`);
    if (encoded.dropped.length > 0 && options.open !== true) continue;
    expect(encoded.dropped).toEqual([]);
    const pieces = JSON.stringify(encoded.wire).match(/.{1,7}/gs) ?? [];
    for (const back of [decode(lowering.plan, encoded.wire), readPieces(lowering.plan, pieces)]) {
      if (!isDeepStrictEqual(back, value)) throw new Error(`${JSON.stringify(value)} came back as ${JSON.stringify(back)}, of ${source}`);
    }
  }
  for (const wire of values) decode(lowering.plan, wire);
  isAccepted(lowering, options.profile);
}

/** What the lowered schema allows, whether a value becomes it or not, is decoded without a fault, whole and streamed to the same. */
export function readsAllAllowed({ schema }: Sample, options: Partial<LowerOptions> = {}): void {
  const { one, plan } = lower(documentOf(schema), { profile: cerebras, ...options });
  for (const seed of [1, 2, 3]) {
    const wire = sampleValue(one.schema, createRandom(seed));
    const pieces = JSON.stringify(wire).match(/.{1,7}/gs) ?? [];
    expect(readPieces(plan, pieces)).toEqual(decode(plan, wire));
  }
}

function isAccepted({ one, list }: Lowering, profile = cerebras): void {
  for (const { schema, strict } of [one, list]) {
    if (!strict) continue;
    expect(checkProfile(schema, profile, "tools")).toEqual([]);
    expect(checkProfile(schema, profile, "json_schema")).toEqual([]);
  }
}

/** Same input, same output; and a lowered schema has nothing left to lower, even one that was cut to fit. */
export function isSettled({ schema }: Sample, profile: Profile = cerebras): void {
  const { one } = lower(documentOf(schema), { profile });
  expect(JSON.stringify(lower(documentOf(schema), { profile }).one)).toBe(JSON.stringify(one));
  if (one.strict) expect(JSON.stringify(lower(documentOf(one.schema), { profile }).one.schema)).toBe(JSON.stringify(one.schema));
}
