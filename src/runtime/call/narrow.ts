import { type Path, valuesAt } from "../checks/values-at.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { Issue } from "../options.js";
import type { JsonObject, ToolDefinition } from "../spec.js";
import { isObject } from "./is-object.js";

/** Option `narrow`: for each place (`"category"`, `"items.*.tag"`) the only values that are allowed in this call. */
export type Narrowing = Readonly<Record<string, readonly (string | number)[]>>;

/** The tool with the values of each place put into its schema as an `enum`. @throws {ExtractionError} for a place it does not have */
export function narrowTool(tool: ToolDefinition, shape: "one" | "list", narrow: Narrowing): ToolDefinition {
  let { parameters } = tool.function;
  const root = parameters;
  for (const [path, values] of Object.entries(narrow)) {
    const keys = [...(shape === "list" ? ["items", "*"] : []), ...path.split(".")];
    const narrowed = narrowSchema(parameters, keys, values, root);
    if (narrowed === undefined) throw new ExtractionError(`Option narrow: there is no "${path}" in the schema of ${tool.function.name}.`);
    parameters = narrowed;
  }
  return { ...tool, function: { ...tool.function, parameters } };
}

/** @returns a copy with the enum in place, `undefined` where the path leads nowhere. A definition on the way is copied into its place. */
function narrowSchema(schema: JsonObject, keys: readonly string[], values: readonly unknown[], root: JsonObject): JsonObject | undefined {
  const { $ref, anyOf, properties, items } = schema;
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
  if (key === undefined) {
    const kept = schema["description"] === undefined ? {} : { description: schema["description"] };
    return isObject(properties) || isObject(items) ? undefined : { type: typeof values[0], enum: values, ...kept };
  }
  if (key === "*" && isObject(items)) {
    // A map travels as a list of `{ key, value }`, whose values are the map's.
    const inner =
      narrowSchema(items, rest, values, root) ?? (isEntry(items) ? narrowSchema(items, ["value", ...rest], values, root) : undefined);
    return inner && { ...schema, items: inner };
  }
  if (!isObject(properties)) return undefined;
  const [only = "", ...others] = Object.keys(properties);
  // What is no object, or a choice, travels in an object of one property, which the value does not have.
  const [at, below] = Object.hasOwn(properties, key) || others.length > 0 ? [key, rest] : [only, keys];
  const member = Object.hasOwn(properties, at) ? properties[at] : undefined;
  const inner = isObject(member) ? narrowSchema(member, below, values, root) : undefined;
  return inner && { ...schema, properties: { ...properties, [at]: inner } };
}

function isEntry({ properties }: JsonObject): boolean {
  return isObject(properties) && Object.keys(properties).join() === "key,value";
}

/** What of a value does not keep to the narrowing; what is absent or null is the schema's business. */
export function narrowIssues(value: unknown, shape: "one" | "list", narrow: Narrowing): readonly Issue[] {
  return Object.entries(narrow).flatMap(([path, values]) => {
    const place: Path = [...(shape === "list" ? ["*"] : []), ...path.split(".")];
    const expected = `one of ${values.map((one) => JSON.stringify(one)).join(", ")}`;
    return valuesAt(value, place)
      .filter((found) => found.value !== null && !values.some((one) => one === found.value))
      .map((found) => ({ path: found.path, message: `must be ${expected}`, expected, received: JSON.stringify(found.value) }));
  });
}
