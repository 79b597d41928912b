import { isDeepStrictEqual } from "node:util";
import { decode } from "@schemacast/runtime/v1";
import { expect } from "vitest";
import { encode } from "../../src/lower/encode.js";
import { lower, type LowerOptions } from "../../src/lower/lower.js";
import { checkProfile } from "../../src/lower/profile-checker.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import type { Profile } from "../../src/profiles/profile.js";
import { documentOf } from "./document-of.js";
import type { Sample } from "./schema-arbitrary.js";
import { validatorOf } from "./validator-of.js";

/** The law of the lowering, for one schema and some of its values. */
export function holdsLaw({ schema, values }: Sample, options: Partial<LowerOptions> = {}): void {
  const lowering = lower(documentOf(schema), { profile: cerebras, ...options });
  const { one, list, plan } = lowering;
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
  for (const { schema: sent, strict } of [one, list]) {
    if (!strict) continue;
    expect(checkProfile(sent, cerebras, "tools")).toEqual([]);
    expect(checkProfile(sent, cerebras, "json_schema")).toEqual([]);
  }
}

/** Same input, same output; and a lowered schema has nothing left to lower, even one that was cut to fit. */
export function isSettled({ schema }: Sample, profile: Profile = cerebras): void {
  const { one } = lower(documentOf(schema), { profile });
  expect(JSON.stringify(lower(documentOf(schema), { profile }).one)).toBe(JSON.stringify(one));
  if (one.strict) expect(JSON.stringify(lower(documentOf(one.schema), { profile }).one.schema)).toBe(JSON.stringify(one.schema));
}
