import type { ErrorObject } from "ajv";
import type { Failures } from "../ajv-library.js";
import type { JsonSchema } from "../../read/schema-document.js";
import { definitions, pointerToken } from "../schema-facts.js";
import { mutations } from "./mutations.js";
import { placesOf } from "./places.js";
import { describeBreach } from "./describe-breach.js";

export interface NearMissSample {
  /** The keyword that refuses it. */
  readonly breaks: string;
  /** JSON pointer to what is wrong. */
  readonly path: string;
  readonly says: string;
  readonly value: unknown;
}

/** Beyond one for each keyword, more would only make the file long. */
const most = 12;

/**
 * Values that break exactly one rule each, made of valid ones by one change. Ajv decides: a change that breaks nothing, or more than one
 * thing, is not used. Every keyword that can be broken comes before any comes twice.
 */
export function findNearMisses(schema: JsonSchema, samples: readonly unknown[], failures: Failures): readonly NearMissSample[] {
  const found = new Map<string, NearMissSample>();
  for (const sample of samples) {
    for (const place of placesOf(schema, sample, definitions(schema))) {
      for (const value of mutations(place)) {
        const changed = place.replace(value);
        const [failure, ...others] = failures(changed) ?? [];
        if (failure === undefined || others.length > 0) continue;
        const path = pathOf(failure);
        const key = `${failure.keyword} ${path}`;
        if (!found.has(key)) found.set(key, { breaks: keywordOf(failure), path, says: describeBreach(failure), value: changed });
      }
    }
  }
  const all = [...found.values()];
  const first = all.filter((one, index) => all.findIndex(({ breaks }) => breaks === one.breaks) === index);
  return [...first, ...all.filter((one) => !first.includes(one))].slice(0, Math.max(first.length, most));
}

/** The validators are compiled from the draft-07 form: in the schema these stand under other names. */
function keywordOf({ keyword }: ErrorObject): string {
  if (keyword === "additionalItems") return "items";
  return keyword === "dependencies" ? "dependentRequired" : keyword;
}

/** Where the fault is: of a missing or undeclared member, the member. */
function pathOf({ instancePath, params }: ErrorObject): string {
  const facts: Readonly<Record<string, unknown>> = params;
  const member = facts["missingProperty"] ?? facts["additionalProperty"] ?? facts["unevaluatedProperty"];
  return typeof member === "string" ? `${instancePath}/${pointerToken(member)}` : instancePath;
}
