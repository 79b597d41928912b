import type { FormSwitch, SchemaRules } from "../profiles/profile.js";
import { isFields, type Fields } from "../samples/fields.js";
import { resolveRef } from "../samples/resolve-ref.js";
import { checkLimits } from "./schema-limits.js";

/**
 * Judges a strict schema as the API does, over the profile's data, and says what it says. Separate from the lowering's checker on
 * purpose: each is the other's witness. Messages whose text is recorded (errors-http-bodies of 2025 and 2026) are marked by a date.
 *
 * @returns the first complaint, or nothing
 */
export function checkSchema(schema: unknown, rules: SchemaRules): string | undefined {
  if (!isFields(schema)) return "JSON schema must be an object.";
  const extra = Object.keys(schema).filter((key) => key !== "definitions" && !rootKeywords(rules).has(key));
  const checker: Checker = { root: schema, rules };
  if ("definitions" in schema) return definitionsMessage;
  if (schema["type"] !== rules.root.value.type || extra.length > 0) {
    // 2026-05
    if (extra.length > 0) return `Extra top level keys found in JSON schema: ${pythonSet(extra)}.`;
    if (Array.isArray(schema["type"])) return typeListMessage;
    return "The root of a JSON schema must be of type 'object'.";
  }
  const defs = isFields(schema["$defs"]) ? Object.values(schema["$defs"]) : [];
  return (
    checkNode(schema, checker) ?? firstOf(defs, (node) => checkNode(node, checker)) ?? checkCycles(checker) ?? checkLimits(schema, rules)
  );
}

interface Checker {
  readonly root: Fields;
  readonly rules: SchemaRules;
}

// 2025
const definitionsMessage = "'definitions' is not supported in JSON schema. Use '$defs' instead";
// 2025
const typeListMessage =
  "Lists of types are not supported in JSON schema. If you are trying to make a field Optional, use anyOf with a null type";
// 2026-05
const emptyObjectMessage = "Object fields require at least one of: 'properties' or 'anyOf' with a list of possible properties.";

/** What a switch lets stand, and beside which type. */
const switched: readonly { readonly name: FormSwitch; readonly types: readonly string[]; readonly keywords: readonly string[] }[] = [
  {
    name: "numericBounds",
    types: ["number", "integer"],
    keywords: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  },
  { name: "pattern", types: ["string"], keywords: ["pattern"] },
  { name: "format", types: ["string"], keywords: ["format"] },
  { name: "stringLengths", types: ["string"], keywords: ["minLength", "maxLength"] },
  { name: "arrayLengths", types: ["array"], keywords: ["minItems", "maxItems"] },
  { name: "closedTuples", types: ["array"], keywords: ["prefixItems"] },
  { name: "const", types: ["*"], keywords: ["const"] },
  { name: "oneOf", types: ["*"], keywords: ["oneOf"] },
  { name: "allOf", types: ["*"], keywords: ["allOf"] },
  {
    name: "annotations",
    types: ["*"],
    keywords: ["title", "default", "examples", "$schema", "$id", "$comment", "deprecated", "readOnly", "writeOnly"],
  },
];

function rootKeywords(rules: SchemaRules): ReadonlySet<string> {
  const allowed = new Set([...allowedKeywords("object", rules), ...rules.keywords.value.root]);
  for (const keyword of rules.root.value.refused) allowed.delete(keyword);
  return allowed;
}

function allowedKeywords(type: string | undefined, rules: SchemaRules): ReadonlySet<string> {
  const { common, object, array, string, number } = rules.keywords.value;
  const byType: Readonly<Record<string, readonly string[]>> = { object, array, string, number, integer: number };
  const allowed = new Set([...common, ...((type !== undefined && byType[type]) || [])]);
  for (const { name, types, keywords } of switched) {
    if (rules.switches[name].value && (types[0] === "*" || (type !== undefined && types.includes(type)))) {
      for (const keyword of keywords) allowed.add(keyword);
    }
  }
  return allowed;
}

function checkNode(node: unknown, checker: Checker): string | undefined {
  if (!isFields(node)) return `Unsupported JSON schema: ${JSON.stringify(node)}.`;
  const { type } = node;
  if ("definitions" in node) return definitionsMessage;
  if (Array.isArray(type) && !checker.rules.switches.typeArrays.value) return typeListMessage;
  // 2025
  if ("nullable" in node) return `Unsupported JSON schema fields: ${pythonSet(["nullable"])}`;
  if ("$ref" in node) return checkRef(node, checker);
  return typeof type === "string" ? checkTyped(node, type, checker) : checkUntyped(node, checker);
}

function checkUntyped(node: Fields, checker: Checker): string | undefined {
  const keys = Object.keys(node);
  const allowed = allowedKeywords(undefined, checker.rules);
  const says = keys.some((key) => key === "anyOf" || key === "enum" || ((key === "const" || key === "oneOf") && allowed.has(key)));
  const mayBeAny = checker.rules.switches.any.value && keys.every((key) => key === "description");
  // 2026-05
  if (!mayBeAny && (!says || keys.some((key) => !allowed.has(key)))) {
    return `Unsupported JSON schema fields in schema with keys: dict_keys([${keys.map((key) => `'${key}'`).join(", ")}]).`;
  }
  return checkEnum(node, checker) ?? checkBranches(node, checker);
}

function checkTyped(node: Fields, type: string, checker: Checker): string | undefined {
  if (!checker.rules.types.value.includes(type)) return `Unsupported type '${type}' in JSON schema.`;
  const allowed = node === checker.root ? rootKeywords(checker.rules) : allowedKeywords(type, checker.rules);
  const invalid = Object.keys(node).filter((key) => !allowed.has(key));
  // 2026-05
  if (invalid.length > 0) return `Invalid fields for schema with types ['${type}']: ${pythonSet(invalid)}`;
  const byType = type === "object" ? checkObject(node, checker) : type === "array" ? checkArray(node, checker) : undefined;
  return byType ?? checkEnum(node, checker) ?? checkBranches(node, checker);
}

function checkObject(node: Fields, checker: Checker): string | undefined {
  const { properties, required, additionalProperties } = node;
  const { switches, closedObjects } = checker.rules;
  if (!isFields(properties) && !Array.isArray(node["anyOf"])) return emptyObjectMessage;
  const names = isFields(properties) ? Object.keys(properties) : [];
  if (names.length === 0 && !Array.isArray(node["anyOf"]) && !switches.emptyObjects.value) return emptyObjectMessage;
  // 2026-01, 2026-07
  if (closedObjects.value && additionalProperties === undefined)
    return "'additionalProperties' is required to be supplied and set to false.";
  // 2025
  if (closedObjects.value && additionalProperties !== false && !switches.maps.value) {
    return "additionalProperties must be set to false for all objects in JSON schema";
  }
  const listed: readonly unknown[] = Array.isArray(required) ? required : [];
  const stray = listed.find((name) => typeof name !== "string" || !names.includes(name));
  if (stray !== undefined) return `Required field '${typeof stray === "string" ? stray : "?"}' is not in 'properties'.`;
  const missing = names.find((name) => !listed.includes(name));
  if (missing !== undefined && !switches.optionalProperties.value) return `'required' must list every property; missing: '${missing}'.`;
  return firstOf(isFields(properties) ? Object.values(properties) : [], (property) => checkNode(property, checker));
}

function checkArray(node: Fields, checker: Checker): string | undefined {
  const { items, prefixItems } = node;
  // 2025
  if (items === undefined && prefixItems === undefined) return "Array fields require at least one of 'items' or 'prefixItems'.";
  const positions = Array.isArray(prefixItems) ? prefixItems : [];
  if (items === false && positions.length > 0) return firstOf(positions, (position) => checkNode(position, checker));
  return firstOf([...positions, ...(items === undefined ? [] : [items])], (item) => checkNode(item, checker));
}

function checkBranches(node: Fields, checker: Checker): string | undefined {
  const branches = node["anyOf"];
  if (branches === undefined) return undefined;
  if (!Array.isArray(branches) || branches.length === 0) return "'anyOf' must be a list with at least one schema.";
  return firstOf(branches, (branch) => checkNode(branch, checker));
}

function checkEnum(node: Fields, checker: Checker): string | undefined {
  const values = node["enum"];
  if (values === undefined) return undefined;
  if (!Array.isArray(values) || values.length === 0) return "'enum' must be a list with at least one value.";
  const types = new Set(values.map((value) => (value === null ? "null" : typeof value)));
  const { enumOfMixedTypes, enumOfNonStrings } = checker.rules.switches;
  if (types.has("object") || (types.size > 1 && !enumOfMixedTypes.value)) return "Values of 'enum' must be of one scalar type.";
  return types.has("string") || enumOfNonStrings.value ? undefined : "Values of 'enum' must be strings.";
}

function checkRef(node: Fields, { root, rules }: Checker): string | undefined {
  const ref = node["$ref"];
  const beside = Object.keys(node).filter((key) => key !== "$ref");
  if (beside.length > 0 && !rules.switches.refSiblings.value) return `Unsupported JSON schema fields: ${pythonSet(beside)}`;
  if (typeof ref !== "string" || !new RegExp(rules.refForm.value).test(ref))
    return `Unsupported reference '${String(ref)}' in JSON schema.`;
  return resolveRef(ref, root) === undefined ? `Reference '${ref}' can't be resolved.` : undefined;
}

/** The exact text of this refusal is not recorded. */
function checkCycles({ root, rules }: Checker): string | undefined {
  if (rules.switches.recursion.value) return undefined;
  const done = new Set<unknown>();
  const visit = (node: unknown, path: ReadonlySet<unknown>): boolean => {
    if (typeof node !== "object" || node === null || done.has(node)) return false;
    if (path.has(node)) return true;
    const deeper = new Set(path).add(node);
    const ref = isFields(node) ? node["$ref"] : undefined;
    const cycle =
      (typeof ref === "string" && visit(resolveRef(ref, root), deeper)) || Object.values(node).some((child) => visit(child, deeper));
    if (!cycle) done.add(node);
    return cycle;
  };
  return visit(root, new Set()) ? "Recursive JSON schemas are not supported." : undefined;
}

function firstOf(nodes: readonly unknown[], check: (node: unknown) => string | undefined): string | undefined {
  for (const node of nodes) {
    const complaint = check(node);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

/** Names as Python prints a set of them. */
function pythonSet(names: readonly string[]): string {
  return `{${names.map((name) => `'${name}'`).join(", ")}}`;
}
