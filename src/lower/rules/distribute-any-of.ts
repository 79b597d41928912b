import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import type { RewriteRule, RuleContext } from "../context.js";
import { isObject, schemaList, stringList, without } from "../json.js";
import { isAnnotation } from "../keywords.js";
import { settingsForObject } from "../undeclared-keys.js";
import { sentence } from "../words.js";

/** Keywords that give a value its form; a union whose branches have none of them only adds conditions. */
const forming: readonly string[] = [
  "$ref",
  "properties",
  "items",
  "prefixItems",
  "enum",
  "const",
  "anyOf",
  "oneOf",
  "allOf",
  "additionalProperties",
];

/**
 * Keywords beside `anyOf` hold for every branch: they move into the branches. Branches that only add conditions
 * (`required`, `format`, …) to a form that is already known are said in words.
 */
export const distributeAnyOf: RewriteRule = (schema, at, context) => {
  if (!Array.isArray(schema["anyOf"])) return undefined;
  const branches = schemaList(schema["anyOf"]);
  const base = without(schema, "anyOf");
  const beside = Object.keys(base).filter((keyword) => !isAnnotation(keyword));
  const settings = settingsForObject(base);
  if (beside.length === 0 && settings === undefined) return undefined;
  const shaped = beside.some((keyword) => keyword === "type" || keyword === "properties" || keyword === "enum");
  if (shaped && branches.every((branch) => onlyConditions(branch, base))) return conditionsInWords({ base, branches, at, context });
  if (beside.length > 0) context.note("merge-all-of", at, "what stands beside anyOf is merged into each branch");
  const shared = Object.fromEntries(Object.entries(base).filter(([keyword]) => !isAnnotation(keyword)));
  const outer = Object.fromEntries(Object.entries(base).filter(([keyword]) => isAnnotation(keyword) && keyword !== "x-extract"));
  const further = settings === undefined ? [] : [{ "x-extract": settings }];
  return { ...outer, anyOf: branches.filter((branch) => branch !== false).map((branch) => merged(branch, shared, further)) };
};

/** Of annotations the first counts: what is said around the branches comes after what a branch says. */
function merged(branch: JsonSchema, shared: SchemaObject, further: readonly SchemaObject[]): JsonSchema {
  return branch === true && further.length === 0 ? shared : { allOf: [shared, branch, ...further] };
}

function onlyConditions(branch: JsonSchema, base: SchemaObject): boolean {
  if (!isObject(branch)) return true;
  return Object.keys(branch).every(
    (keyword) => (keyword === "type" ? sameType(branch["type"], base) : !forming.includes(keyword)) || isDeclared(keyword, branch, base),
  );
}

function sameType(type: unknown, base: SchemaObject): boolean {
  return base["type"] === type || (base["type"] === undefined && type === "object" && Object.hasOwn(base, "properties"));
}

/** `properties` that say nothing new of what the base declares (`{ a: {} }`, as some write beside `required`). */
function isDeclared(keyword: string, branch: SchemaObject, base: SchemaObject): boolean {
  const known = base["properties"];
  const inner = branch["properties"];
  if (keyword !== "properties" || !isObject(known) || !isObject(inner)) return false;
  return Object.entries(inner).every(([key, value]) => Object.hasOwn(known, key) && isObject(value) && Object.keys(value).length === 0);
}

interface Conditions {
  readonly base: SchemaObject;
  readonly branches: readonly JsonSchema[];
  readonly at: string;
  readonly context: RuleContext;
}

function conditionsInWords({ base, branches, at, context }: Conditions): SchemaObject {
  context.note("drop-conditional", at, "anyOf: conditions are said in words, checked afterwards");
  context.report("lower/drop-conditional", at, { keywords: "anyOf" });
  const words = branches.map((branch) => sentence(branch));
  // A branch without a demand makes the whole union say nothing.
  if (words.some((word) => word === undefined)) return base;
  const earlier = stringList(base["x-words"]);
  return { ...base, "x-words": [...earlier, [...new Set(words)].join(" or ")] };
}
