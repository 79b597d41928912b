import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { mostOf, mostOfKeys } from "./answer-bound.js";
import type { RewriteRule, RuleContext } from "./context.js";
import { markEvaluated } from "./evaluated-keys.js";
import { isObject, isSchema, jsonTypes, schemaList, schemaTable, stringList, without } from "./json.js";
import { impliedTypes, isAnnotation, keywordsFor } from "./keywords.js";
import { reportBranchKeys } from "./report-branch-keys.js";
import { reportIdleSettings } from "./report-idle-settings.js";
import { anyToJsonText } from "./rules/any-to-json-text.js";
import { closeObjects } from "./rules/close-objects.js";
import { constToEnum } from "./rules/const-to-enum.js";
import { constraintToDescription, sentConstraints } from "./rules/constraint-to-description.js";
import { distributeAnyOf } from "./rules/distribute-any-of.js";
import { dropAnnotation } from "./rules/drop-annotation.js";
import { dropConditional } from "./rules/drop-conditional.js";
import { enumOfNonStrings } from "./rules/enum-of-non-strings.js";
import { furtherItems, isMarked, undeclared } from "./undeclared-keys.js";
import { mapToEntries } from "./rules/map-to-entries.js";
import { mergeAllOf } from "./rules/merge-all-of.js";
import { oneOfToAnyOf } from "./rules/one-of-to-any-of.js";
import { tupleToObject } from "./rules/tuple-to-object.js";
import { typeArrayToAnyOf } from "./rules/type-array-to-any-of.js";
import { unionOf } from "./union-of.js";
import type { ScalarType, Wire } from "./wire.js";

/** In this order; each time one applies, the next round begins with the first. */
const rewriteRules: readonly RewriteRule[] = [mergeAllOf, constToEnum, dropConditional, oneOfToAnyOf, typeArrayToAnyOf, distributeAnyOf];

/** No rule applies to its own result for ever; the bound guards against a fault of ours. */
const mostRewrites = 50;

/** Gives one schema its form on the wire; undefined: no value is valid. */
export function lowerNode(input: JsonSchema, at: string, context: RuleContext): Wire | undefined {
  reportBranchKeys(input, at, context);
  const schema = rewrite(markEvaluated(input, context.resolve), at, context);
  if (schema === false) return undefined;
  // Where the conditions that speak of it are not met, it is any JSON.
  const wire = shape(schema, at, context) ?? (schema["x-otherwise"] === "sent" ? anyToJsonText({}, at, context) : undefined);
  if (wire === undefined) return undefined;
  reportIdleSettings({ schema: input, wire, at }, context);
  const handled = {
    ...wire,
    ...(schema["x-stream"] === "atomic" && { whole: true as const }),
    ...(schema["x-otherwise"] === "sent" && { otherwise: true as const }),
  };
  return describe(schema, handled, context);
}

function rewrite(input: JsonSchema, at: string, context: RuleContext): SchemaObject | false {
  let schema: JsonSchema = input;
  for (let round = 0; round < mostRewrites; round++) {
    if (typeof schema === "boolean") return schema ? {} : false;
    const current: SchemaObject = schema;
    const next = firstRewrite(current, at, context);
    if (next === undefined) return current;
    schema = next;
  }
  return isObject(schema) ? without(schema, "allOf", "oneOf", "not", "if", "then", "else") : {};
}

function firstRewrite(schema: SchemaObject, at: string, context: RuleContext): JsonSchema | undefined {
  for (const rule of rewriteRules) {
    const next = rule(schema, at, context);
    if (next !== undefined) return next;
  }
  return undefined;
}

function shape(schema: SchemaObject, at: string, context: RuleContext): Wire | undefined {
  if (typeof schema["$ref"] === "string") return context.refer(schema["$ref"], at);
  if (Array.isArray(schema["enum"])) return enumOfNonStrings(schema, at, context);
  if (Array.isArray(schema["anyOf"])) return union(schema, at, context);
  const type = schema["type"];
  if (typeof type === "string") return typed(schema, { type, at }, context);
  const implied = impliedTypes(schema);
  const [only] = implied;
  if (only === undefined) return anyToJsonText(schema, at, context);
  context.report("lower/assume-type", at, { types: implied.join(" or ") });
  const wire =
    implied.length === 1
      ? typed({ ...schema, type: only }, { type: only, at }, context)
      : union({ anyOf: implied.map((name) => ({ type: name, ...keywordsFor(name, schema) })) }, at, context);
  // Nothing that the keywords speak of is valid: what they don't speak of still is.
  if (wire === undefined) return { kind: "json", origin: at, of: jsonTypes.filter((name) => !implied.includes(name)) };
  return { ...wire, assumed: implied };
}

interface Typed {
  readonly type: string;
  readonly at: string;
}

function typed(schema: SchemaObject, { type, at }: Typed, context: RuleContext): Wire | undefined {
  switch (type) {
    case "object":
      return mapToEntries(schema, at, context) ?? freeObject(schema, at, context) ?? closeObjects(schema, at, context);
    case "array":
      return tupleToObject(schema, at, context) ?? list(schema, at, context);
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "null":
      return scalar(schema, { type, at }, context);
    default:
      return anyToJsonText(without(schema, "type"), at, context);
  }
}

/** An object of which nothing is said but that it is one. */
function freeObject(schema: SchemaObject, at: string, context: RuleContext): Wire | undefined {
  const declared = schemaTable(schema["properties"]).length + stringList(schema["required"]).length;
  const closed = schema["additionalProperties"] === false || undeclared(schema, context) === false || schema["maxProperties"] === 0;
  return declared > 0 || closed ? undefined : anyToJsonText({ ...schema, type: "object" }, at, context);
}

function list(schema: SchemaObject, at: string, context: RuleContext): Wire | undefined {
  const said = isMarked(schema["unevaluatedItems"]) ? schema["items"] : furtherItems(schema, context);
  const items = isSchema(said) ? said : true;
  const item = schema["maxItems"] === 0 ? undefined : context.lower(items, `${at}/items`);
  // Only the empty array is valid.
  if (item === undefined) return { kind: "json", origin: at, enum: ["[]"] };
  return { kind: "list", origin: at, item };
}

function scalar(schema: SchemaObject, { type, at }: { readonly type: ScalarType; readonly at: string }, context: RuleContext): Wire {
  const sent = type === "null" || type === "boolean" ? undefined : sentConstraints(schema, context);
  const whole = type === "string" && (typeof schema["format"] === "string" || typeof schema["pattern"] === "string");
  return { kind: "scalar", type, origin: at, ...(whole && { whole: true }), ...(sent && { sent }) };
}

function union(schema: SchemaObject, at: string, context: RuleContext): Wire | undefined {
  const branches: Wire[] = [];
  for (const [index, branch] of schemaList(schema["anyOf"]).entries()) {
    const wire = context.lower(branch, `${at}/anyOf/${index}`);
    if (wire !== undefined) branches.push(wire);
  }
  return unionOf(branches, at, context);
}

/** Adds the schema's bounds, and its description, with what is not sent said in words at its end. */
function describe(schema: SchemaObject, unbounded: Wire, context: RuleContext): Wire {
  const [most, mostKeys] = [mostOf(schema, unbounded), unbounded.kind === "entries" ? mostOfKeys(schema) : undefined];
  const wire = { ...unbounded, ...(most !== undefined && { most }), ...(mostKeys !== undefined && { mostKeys }) };
  // A reference without anything beside it is described where it points to.
  const own = Object.keys(schema).some(
    (keyword) => keyword !== "$ref" && (keyword === "x-words" || keyword === "description" || isSaid(keyword)),
  );
  if (wire.kind === "ref" && !own) return wire;
  if (wire.kind === "ref")
    context.note("inline-ref-siblings", wire.origin, "the description beside $ref is sent with a copy of what it refers to");
  const text = dropAnnotation(schema, wire.origin, context);
  const remark = constraintToDescription(schema, wire, context);
  return { ...wire, ...(text !== undefined && { description: text }), ...(remark !== undefined && { remark }) };
}

function isSaid(keyword: string): boolean {
  return !isAnnotation(keyword) || keyword === "title" || keyword === "examples";
}
