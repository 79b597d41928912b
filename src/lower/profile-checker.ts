import type { FormSwitch, Profile, SchemaRules } from "../profiles/profile.js";
import type { SchemaObject } from "../read/schema-document.js";
import { isObject, pointerSegment, schemaList, schemaTable, stringList } from "./json.js";
import { measure } from "./measure.js";

/** One way in which a schema breaks the provider's rules. */
export interface ProfileBreach {
  /** JSON pointer into the schema that was checked. */
  readonly pointer: string;
  readonly problem: string;
}

/** Keywords that a switch lets through. */
const switchedKeywords: { readonly [keyword: string]: FormSwitch } = {
  const: "const",
  pattern: "pattern",
  format: "format",
  minLength: "stringLengths",
  maxLength: "stringLengths",
  minItems: "arrayLengths",
  maxItems: "arrayLengths",
  minimum: "numericBounds",
  maximum: "numericBounds",
  exclusiveMinimum: "numericBounds",
  exclusiveMaximum: "numericBounds",
  multipleOf: "numericBounds",
  prefixItems: "closedTuples",
  oneOf: "oneOf",
  allOf: "allOf",
  title: "annotations",
  default: "annotations",
  examples: "annotations",
  $schema: "annotations",
  $id: "annotations",
  $comment: "annotations",
  deprecated: "annotations",
  readOnly: "annotations",
  writeOnly: "annotations",
};

/**
 * Everything about a schema that the provider would refuse with `strict: true`, by the rules of one door of its API. Reads the
 * profile and the schema only, nothing of how the lowering works.
 */
export function checkProfile(schema: SchemaObject, profile: Profile, door: "tools" | "json_schema"): readonly ProfileBreach[] {
  const rules = profile[door];
  const breaches: ProfileBreach[] = [];
  const report = (pointer: string, problem: string): void => void breaches.push({ pointer, problem });
  checkRoot(schema, rules, report);
  const visit = (node: unknown, pointer: string): void => {
    if (!isObject(node)) return report(pointer, "is no schema object");
    checkNode(node, { pointer, rules, isRoot: pointer === "" }, report);
    for (const [below, part] of parts(node)) visit(part, `${pointer}${below}`);
  };
  visit(schema, "");
  for (const [name, def] of schemaTable(schema["$defs"])) visit(def, `/$defs${pointerSegment(name)}`);
  checkRefs(schema, rules, report);
  checkLimits(schema, rules, report);
  return breaches;
}

type Report = (pointer: string, problem: string) => void;

function checkRoot(schema: SchemaObject, rules: SchemaRules, report: Report): void {
  const { type, refused } = rules.root.value;
  if (schema["type"] !== type) report("", `the root's type is not ${type}`);
  for (const keyword of refused) if (Object.hasOwn(schema, keyword)) report("", `${keyword} at the root`);
}

interface Place {
  readonly pointer: string;
  readonly rules: SchemaRules;
  readonly isRoot: boolean;
}

function checkNode(node: SchemaObject, { pointer, rules, isRoot }: Place, report: Report): void {
  const on = (name: FormSwitch): boolean => rules.switches[name].value;
  const type = node["type"];
  if (Object.keys(node).length === 0 && !on("any")) report(pointer, "an empty schema");
  if (Array.isArray(type) && !on("typeArrays")) report(pointer, "a list of types");
  if (typeof type === "string" && !rules.types.value.includes(type)) report(pointer, `type ${type}`);
  if (type === undefined && !["anyOf", "$ref", "enum"].some((keyword) => Object.hasOwn(node, keyword))) report(pointer, "no type");
  const allowed = allowedKeywords(type, rules, isRoot);
  for (const keyword of Object.keys(node)) {
    const name = Object.hasOwn(switchedKeywords, keyword) ? switchedKeywords[keyword] : undefined;
    if (name === undefined ? !allowed.includes(keyword) : !on(name)) report(pointer, `keyword ${keyword}`);
  }
  if (type === "object") checkObject(node, pointer, rules, report);
  if (type === "array" && !isObject(node["items"]) && !Object.hasOwn(node, "prefixItems")) report(pointer, "an array without items");
  if (Object.hasOwn(node, "enum")) checkEnum(node, pointer, rules, report);
  const ref = node["$ref"];
  if (typeof ref === "string") {
    if (!new RegExp(rules.refForm.value).test(ref)) report(pointer, `$ref ${ref}`);
    if (Object.keys(node).length > 1 && !on("refSiblings")) report(pointer, "keywords beside $ref");
  }
}

function allowedKeywords(type: unknown, rules: SchemaRules, isRoot: boolean): readonly string[] {
  const { common, root, object, array, string, number } = rules.keywords.value;
  const byType = { object, array, string, number, integer: number, boolean: [], null: [] };
  const own = typeof type === "string" && Object.hasOwn(byType, type) ? byType[type as keyof typeof byType] : [];
  return [...common, ...(isRoot ? root : []), ...own];
}

function checkObject(node: SchemaObject, pointer: string, rules: SchemaRules, report: Report): void {
  if (!isObject(node["properties"])) return report(pointer, "an object without properties");
  const names = Object.keys(node["properties"]);
  if (names.length === 0 && !rules.switches.emptyObjects.value) report(pointer, "an object with empty properties");
  const additional = node["additionalProperties"];
  if (rules.closedObjects.value && additional !== false && !rules.switches.maps.value) report(pointer, "additionalProperties is not false");
  const required = stringList(node["required"]);
  for (const key of required) if (!names.includes(key)) report(pointer, `required ${key} is not a property`);
  if (!rules.switches.optionalProperties.value && names.some((key) => !required.includes(key))) report(pointer, "an optional property");
}

function checkEnum(node: SchemaObject, pointer: string, rules: SchemaRules, report: Report): void {
  const values: readonly unknown[] = Array.isArray(node["enum"]) ? node["enum"] : [];
  if (values.length === 0) report(pointer, "an enum without values");
  const types = new Set(values.map((value) => (value === null ? "null" : typeof value)));
  if (types.size > 1 && !rules.switches.enumOfMixedTypes.value) report(pointer, "an enum of mixed types");
  if (!types.has("string") && !rules.switches.enumOfNonStrings.value) report(pointer, "an enum of other values than strings");
  const characters = values.reduce((sum: number, value) => sum + (typeof value === "string" ? value.length : 0), 0);
  const { longEnumFrom, enumCharacters } = rules.limits;
  if (values.length > longEnumFrom.value && characters > enumCharacters.value) report(pointer, `an enum of ${characters} characters`);
}

/** Every reference leads to a definition, and none back to itself. */
function checkRefs(schema: SchemaObject, rules: SchemaRules, report: Report): void {
  const defs = new Map(schemaTable(schema["$defs"]));
  const refsIn = (node: unknown): readonly string[] => {
    if (!isObject(node)) return [];
    const own = typeof node["$ref"] === "string" ? [node["$ref"].slice("#/$defs/".length)] : [];
    return [...own, ...parts(node).flatMap(([, part]) => refsIn(part))];
  };
  for (const name of [...refsIn(schema), ...[...defs.values()].flatMap(refsIn)]) if (!defs.has(name)) report("", `no definition ${name}`);
  for (const name of defs.keys()) {
    const reached = new Set<string>();
    const open = [...refsIn(defs.get(name))];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!reached.has(next)) open.push(...refsIn(defs.get(next)));
      reached.add(next);
    }
    if (reached.has(name) && !rules.switches.recursion.value) report(`/$defs${pointerSegment(name)}`, "a recursive schema");
  }
}

function checkLimits(schema: SchemaObject, { limits }: SchemaRules, report: Report): void {
  const size = measure(schema);
  if (size.characters > limits.characters.value) report("", `${size.characters} characters`);
  if (size.depth > limits.depth.value) report("", `${size.depth} levels`);
  if (size.properties > limits.properties.value) report("", `${size.properties} properties`);
  if (size.enumValues > limits.enumValues.value) report("", `${size.enumValues} enum values`);
  if (size.widestAnyOf > limits.anyOfBranches.value) report("", `an anyOf of ${size.widestAnyOf} branches`);
}

function parts(node: SchemaObject): readonly (readonly [string, unknown])[] {
  return [
    ...schemaTable(node["properties"]).map(([key, part]) => [`/properties${pointerSegment(key)}`, part] as const),
    ...schemaList(node["anyOf"]).map((part, index) => [`/anyOf/${index}`, part] as const),
    ...schemaList(node["prefixItems"]).map((part, index) => [`/prefixItems/${index}`, part] as const),
    ...(isObject(node["items"]) ? [["/items", node["items"]] as const] : []),
  ];
}
