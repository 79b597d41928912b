import { isDeepStrictEqual } from "node:util";
import { decode } from "@schemacast/runtime/v1";
import { checkSchema } from "../../../src/emulator/schema-checker.js";
import { encode } from "../../../src/lower/encode.js";
import { lower } from "../../../src/lower/lower.js";
import type { Lowering } from "../../../src/lower/lowering.js";
import { checkProfile } from "../../../src/lower/profile-checker.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { readJsonSchema } from "../../../src/read/json/read-json-schema.js";
import type { SchemaDocument, SchemaObject } from "../../../src/read/schema-document.js";
import { readPieces } from "../../stream/read-pieces.js";
import { validatorOf } from "../../lower/validator-of.js";

/** What became of a schema's valid instances. */
export interface RoundTrips {
  readonly whole: number;
  /** With keys that the wire has no place for, or of a type the schema does not speak of: JSON pointers. */
  readonly undeclared: number;
  readonly unfit: number;
  /** What must not be: came back different, or was not valid on the wire. */
  readonly broken: readonly string[];
}

/** The document of a schema, read as the generator reads it. */
export function documentFor(schema: unknown): SchemaDocument | undefined {
  const source = JSON.stringify(schema);
  return readJsonSchema("schema.json", { read: (path) => (path === "schema.json" ? source : undefined) }).documents[0];
}

/** Lowers a document under the rules of Cerebras; `open`: undeclared keys travel wherever they are allowed. */
export function lowerFor(document: SchemaDocument, open: boolean): Lowering {
  return lower(document, { profile: cerebras, open });
}

/** What the profile's checker, and the emulator's own, find in the forms that are said to be strict. */
export function breaches({ one, list }: Lowering): readonly string[] {
  const sent = [one, list].filter(({ strict }) => strict).map(({ schema }) => schema);
  return sent.flatMap((schema) => (["tools", "json_schema"] as const).flatMap((door) => breachesAt(door, schema)));
}

function breachesAt(door: "tools" | "json_schema", schema: SchemaObject): readonly string[] {
  const ours = checkProfile(schema, cerebras, door).map(({ pointer, problem }) => `${door} ${pointer}: ${problem}`);
  const refusal = checkSchema(schema, cerebras[door]);
  return refusal === undefined ? ours : [...ours, `${door}, the emulator: ${refusal}`];
}

/** Sends each value and takes it back. */
export function roundTrips(lowering: Lowering, values: readonly unknown[]): RoundTrips {
  const valid = validatorOf(lowering.one.schema);
  const counts = { whole: 0, undeclared: 0, unfit: 0 };
  const broken: string[] = [];
  for (const value of values) {
    const encoded = encode(lowering, value);
    if (encoded === undefined) {
      counts.unfit++;
      continue;
    }
    if (!valid(encoded.wire)) broken.push(`not valid on the wire: ${JSON.stringify(encoded.wire).slice(0, 200)}`);
    if (encoded.dropped.length > 0) {
      counts.undeclared++;
      continue;
    }
    const text = JSON.stringify(encoded.wire);
    const streamed = readPieces(lowering.plan, text.match(/.{1,7}/gs) ?? []);
    if (!isDeepStrictEqual(decode(lowering.plan, encoded.wire), value)) broken.push(`came back different: ${text.slice(0, 200)}`);
    else if (!isDeepStrictEqual(streamed, value)) broken.push(`came back different from a stream: ${text.slice(0, 200)}`);
    else counts.whole++;
  }
  return { ...counts, broken };
}
