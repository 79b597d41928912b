import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import type { RewriteRule, RuleContext } from "../context.js";
import { markParts } from "../evaluated-keys.js";
import { isConjunction, refersWithMore } from "../is-conjunction.js";
import { isObject, schemaList, without } from "../json.js";
import { mergeSchemas } from "../merge-schemas.js";
import { constToEnum } from "./const-to-enum.js";
import { type Outcomes, outcomesOf, withDeclared } from "../outcomes.js";
import { sayConditions } from "./drop-conditional.js";
import { sentence } from "../words.js";

/**
 * `allOf`, and whatever stands beside `$ref`, → one schema that says the same. Where that has no form (two patterns), the merged
 * schema allows more, a diagnostic tells, and the validator judges.
 */
export const mergeAllOf: RewriteRule = (schema, at, context) => {
  if (!isConjunction(schema)) return undefined;
  const outcomes: Outcomes[] = [];
  const parts = flatten(schema, { at, context, seen: new Set(), outcomes });
  if (parts === false) return false;
  if (Array.isArray(schema["allOf"])) context.note("merge-all-of", at, "allOf is merged into one schema");
  if (refersWithMore(schema)) context.note("inline-ref-siblings", at, "what stands beside $ref is merged with a copy of what it refers to");
  const merged = mergeParts(markParts(parts, schema, context.resolve), at, context);
  return isObject(merged) ? withDeclared(merged, outcomes, context) : merged;
};

/** Merges schemas that are free of `$ref` and `allOf`; the annotations of the first win. */
export function mergeParts(parts: readonly SchemaObject[], at: string, context: RuleContext): JsonSchema {
  let merged: SchemaObject = {};
  for (const part of parts) {
    const { schema, lost } = mergeSchemas(merged, part);
    if (schema === false) return false;
    merged = lost.length === 0 ? schema : withWords(schema, part, lost);
    if (lost.length > 0) {
      context.note("merge-all-of", at, `${lost.join(", ")}: of several, the first is sent, the others are checked afterwards`);
      context.report("lower/merge-all-of", at, { keywords: lost.join(", ") });
    }
  }
  return merged;
}

function withWords(schema: SchemaObject, part: SchemaObject, lost: readonly string[]): SchemaObject {
  const said = sentence(Object.fromEntries(Object.entries(part).filter(([keyword]) => lost.includes(keyword))));
  const earlier = Array.isArray(schema["x-words"]) ? schema["x-words"] : [];
  return said === undefined ? schema : { ...schema, "x-words": [...earlier, said] };
}

interface Flattening {
  readonly at: string;
  readonly context: RuleContext;
  /** References and schemas that are parts already: the same demand a second time adds nothing. */
  readonly seen: Set<unknown>;
  /** Takes what holds under conditions of the parts: each may be left, so none of it is a part. */
  readonly outcomes: Outcomes[];
}

/** The parts of a schema that all have to hold, each free of `$ref` and `allOf`; the schema's own keywords first. */
function flatten(schema: JsonSchema, way: Flattening): readonly SchemaObject[] | false {
  if (schema === true || way.seen.has(schema)) return [];
  if (schema === false) return false;
  way.seen.add(schema);
  const parts: SchemaObject[] = [];
  const add = (more: readonly SchemaObject[] | false): boolean => {
    if (more !== false) parts.push(...more);
    return more !== false;
  };
  parts.push(...ownParts(without(schema, "allOf", "$ref"), way));
  const ref = schema["$ref"];
  const target = typeof ref === "string" ? way.context.resolve(ref) : undefined;
  if (target !== undefined && !add(flatten(target, way))) return false;
  for (const part of schemaList(schema["allOf"])) {
    if (!add(flatten(part, way))) return false;
  }
  return parts;
}

/** A schema's own keywords, with conditions already in words, and `oneOf` by itself if `anyOf` stands beside it. */
function ownParts(schema: SchemaObject, way: Flattening): readonly SchemaObject[] {
  way.outcomes.push(...outcomesOf(schema));
  const spoken = sayConditions(schema, way.at, way.context) ?? schema;
  const plain = constToEnum(spoken, way.at, way.context) ?? spoken;
  if (!isObject(plain)) return [];
  const own = without(plain, "allOf");
  const inner = schemaList(plain["allOf"]).filter(isObject);
  if (!Array.isArray(own["oneOf"])) return [own, ...inner];
  return [without(own, "oneOf"), { anyOf: own["oneOf"] }, ...inner];
}
