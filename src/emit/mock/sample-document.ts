import type { Lowering } from "../../lower/lowering.js";
import { encode } from "../../lower/encode.js";
import type { SchemaDocument } from "../../read/schema-document.js";
import { createRandom } from "../../samples/random.js";
import { sampleValue } from "../../samples/sample-value.js";
import type { AjvLibrary } from "../ajv-library.js";
import { forAjv } from "../for-ajv.js";
import { findNearMisses, type NearMissSample } from "./near-misses.js";

/** What a mock answers with. */
export interface DocumentSamples {
  /** Valid under the schema, and what a model could send. May be empty. */
  readonly valid: readonly unknown[];
  readonly nearMisses: readonly NearMissSample[];
}

const shown = 3;
/** Near misses are made of more: one sample may lack a property that another has. */
const wanted = 8;
/** Schemas whose keywords pull in several directions need some luck. */
const mostTries = 60;

/** Samples of a document's type. The seed is fixed: the same schema, the same samples; Ajv has judged each of them. */
export function sampleDocument(document: SchemaDocument, lowering: Lowering, library: Pick<AjvLibrary, "failures">): DocumentSamples {
  const failures = library.failures(forAjv(document));
  const valid = new Map<string, unknown>();
  for (let seed = 1; seed <= mostTries && valid.size < wanted; seed++) {
    const value = sampleValue(document.schema, createRandom(seed));
    const text = JSON.stringify(value);
    if (text === undefined || valid.has(text) || failures(value)?.length !== 0) continue;
    if (encode(lowering, value)?.dropped.length === 0) valid.set(text, value);
  }
  const samples = [...valid.values()];
  return { valid: samples.slice(0, shown), nearMisses: findNearMisses(document.schema, samples, failures) };
}
