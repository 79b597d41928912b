import { type Path, valuesAt } from "../checks/values-at.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { Issue } from "../options.js";
import { pointerOf } from "../recover/path.js";
import type { JsonObject, ToolDefinition, ValidationFailure, Validator } from "../spec.js";
import { isObject } from "./is-object.js";

/** Each place of option `narrow` (`"category"`, `"items.*.tag"`, `"span.0"`) with the only values that are allowed there in this call. */
function placesOf(narrow: object): readonly (readonly [path: string, values: readonly (string | number)[]])[] {
  // Which keys there are depends on the caller's type; what they hold does not.
  return Object.entries(narrow as Readonly<Record<string, readonly (string | number)[]>>);
}

/** The tool with the values of each place put into its schema as an `enum`. @throws {ExtractionError} for a place it does not have */
export function narrowTool(tool: ToolDefinition, shape: "one" | "list", narrow: object): ToolDefinition {
  let { parameters } = tool.function;
  const root = parameters;
  for (const [path, values] of placesOf(narrow)) {
    const keys = [...(shape === "list" ? ["items", "*"] : []), ...path.split(".")];
    const narrowed = narrowSchema(parameters, keys, values, root);
    if (narrowed === undefined) throw new ExtractionError(`Option narrow: there is no "${path}" in the schema of ${tool.function.name}.`);
    parameters = narrowed;
  }
  return { ...tool, function: { ...tool.function, parameters } };
}

/** @returns a copy with the enum in place, `undefined` where the path leads nowhere. A definition on the way is copied into its place. */
function narrowSchema(schema: JsonObject, keys: readonly string[], values: readonly unknown[], root: JsonObject): JsonObject | undefined {
  const { $ref, anyOf, properties, items, prefixItems } = schema;
  if (typeof $ref === "string") {
    const defs = root["$defs"];
    const definition = isObject(defs) ? defs[$ref.slice("#/$defs/".length)] : undefined;
    return isObject(definition) ? narrowSchema(definition, keys, values, root) : undefined;
  }
  if (Array.isArray(anyOf)) {
    const branches = anyOf.map((branch) =>
      isObject(branch) && branch["type"] !== "null" ? narrowSchema(branch, keys, values, root) : undefined,
    );
    const isFound = branches.some((branch) => branch !== undefined);
    return isFound ? { ...schema, anyOf: anyOf.map((branch: unknown, index) => branches[index] ?? branch) } : undefined;
  }
  const [key, ...rest] = keys;
  if (key === undefined) return isObject(properties) || isObject(items) || isList(prefixItems) ? undefined : narrowLeaf(schema, values);
  const narrowed = (member: unknown, path: readonly string[]): JsonObject | undefined =>
    isObject(member) ? narrowSchema(member, path, values, root) : undefined;
  if (isList(prefixItems)) {
    const positions = prefixItems.map((member, index) => (key === "*" || key === String(index) ? narrowed(member, rest) : undefined));
    const others = key === "*" ? narrowed(items, rest) : undefined;
    if ([...positions, others].every((one) => one === undefined)) return undefined;
    return { ...schema, prefixItems: prefixItems.map((member, index) => positions[index] ?? member), ...(others && { items: others }) };
  }
  if (key === "*" && isObject(items)) {
    // A map travels as a list of `{ key, value }`, whose values are the map's.
    const inner = narrowed(items, rest) ?? (isEntry(items) ? narrowed(items, ["value", ...rest]) : undefined);
    return inner && { ...schema, items: inner };
  }
  if (!isObject(properties)) return undefined;
  const names = Object.keys(properties);
  const put = (inner: JsonObject | undefined): JsonObject | undefined => inner && { ...schema, properties: { ...properties, ...inner } };
  const member = (name: string, path: readonly string[]): JsonObject | undefined => {
    const inner = Object.hasOwn(properties, name) ? narrowed(properties[name], path) : undefined;
    return inner && { [name]: inner };
  };
  if (Object.hasOwn(properties, key)) return put(member(key, rest));
  // What is no object, or a choice, travels in an object of one property, which the value does not have.
  const wrapped = names.length === 1 ? member(names[0] ?? "", keys) : undefined;
  // A tuple travels as an object of its positions, in their order; what comes after them is a list.
  return put(
    wrapped ?? (key === "*" ? everyPosition(names, member, rest) : /^\d+$/.test(key) ? member(names[Number(key)] ?? "", rest) : undefined),
  );
}

function everyPosition(
  names: readonly string[],
  member: (name: string, path: readonly string[]) => JsonObject | undefined,
  path: readonly string[],
): JsonObject | undefined {
  const found = names.flatMap((name) => member(name, path) ?? (isRest(name) ? member(name, ["*", ...path]) : undefined) ?? []);
  return found.length === 0 ? undefined : Object.assign({}, ...found);
}

/** The key of what comes after a tuple's positions (`src/lower/rules/tuple-to-object.ts`). */
function isRest(name: string): boolean {
  return /^rest(_\d+)?$/.test(name);
}

function narrowLeaf({ description }: JsonObject, values: readonly unknown[]): JsonObject {
  const kept = description === undefined ? {} : { description };
  const types = [...new Set(values.map((value) => typeof value))];
  const [only = "string", ...others] = types;
  if (others.length === 0) return { type: only, enum: values, ...kept };
  // The API takes one type at a place.
  return { anyOf: types.map((type) => ({ type, enum: values.filter((value) => typeof value === type) })), ...kept };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isEntry({ properties }: JsonObject): boolean {
  return isObject(properties) && Object.keys(properties).join() === "key,value";
}

/** The validator of one value, or of an item of a list, that also holds it to the narrowing. */
export function narrowedValidator(given: Validator, narrow: object): Validator {
  const validate: Validator = (value, context) => {
    const isValid = given(value, context);
    const outside = isValid ? narrowFailures(value, narrow) : [];
    validate.errors = isValid ? outside : (given.errors ?? []);
    return isValid && outside.length === 0;
  };
  return validate;
}

function narrowFailures(value: unknown, narrow: object): readonly ValidationFailure[] {
  return placesOf(narrow).flatMap(([path, allowedValues]) =>
    narrowIssues(value, "one", { [path]: allowedValues }).map((issue) => ({
      instancePath: pointerOf(issue.path),
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues },
    })),
  );
}

/** What of a value does not keep to the narrowing; what is absent or null is the schema's business. */
export function narrowIssues(value: unknown, shape: "one" | "list", narrow: object): readonly Issue[] {
  return placesOf(narrow).flatMap(([path, values]) => {
    const place: Path = [...(shape === "list" ? ["*"] : []), ...path.split(".")];
    const expected = `one of ${values.map((one) => JSON.stringify(one)).join(", ")}`;
    return valuesAt(value, place)
      .filter((found) => found.value !== null && !values.some((one) => one === found.value))
      .map((found) => ({ path: found.path, message: `must be ${expected}`, expected, received: JSON.stringify(found.value) }));
  });
}
