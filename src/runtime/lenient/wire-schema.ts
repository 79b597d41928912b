import type { JsonObject } from "../spec.js";

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One place of a schema without `$ref` and `allOf`. Made once for each node, so that it can be a key of a map. */
export class WireSchema {
  readonly #root: JsonObject;
  /** The schema's root, flat. */
  readonly root: JsonObject;
  readonly #flat = new Map<unknown, JsonObject>();

  constructor(root: JsonObject) {
    this.#root = root;
    this.root = this.flatten(root);
  }

  flatten(schema: unknown): JsonObject {
    const known = this.#flat.get(schema);
    if (known) return known;
    const flat = isObject(schema) ? this.#merge(schema, []) : {};
    this.#flat.set(schema, flat);
    return flat;
  }

  /** What each item of the list is that the root is, or that is all of it. */
  itemsOfRoot(): readonly JsonObject[] {
    const { items, properties } = this.root;
    if (items !== undefined) return [this.flatten(items)];
    const [only, ...others] = isObject(properties) ? Object.values(properties) : [];
    const inner = others.length === 0 ? this.flatten(only)["items"] : undefined;
    return inner === undefined ? [] : [this.flatten(inner)];
  }

  #merge(schema: JsonObject, following: readonly string[]): JsonObject {
    const { $ref: ref, allOf } = schema;
    if (ref === undefined && allOf === undefined) return schema;
    const { $ref: _, allOf: __, ...own } = schema;
    const target = typeof ref === "string" && !following.includes(ref) ? this.#resolve(ref) : undefined;
    const parts = [...(isObject(target) ? [this.#merge(target, [...following, String(ref)])] : []), own];
    for (const part of Array.isArray(allOf) ? allOf : []) if (isObject(part)) parts.push(this.#merge(part, following));
    return parts.reduce<JsonObject>(mergeTwo, {});
  }

  #resolve(ref: string): unknown {
    if (!ref.startsWith("#")) return undefined;
    let node: unknown = this.#root;
    for (const token of ref.split("/").slice(1)) {
      const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
      node = isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
    }
    return node;
  }
}

function mergeTwo(first: JsonObject, second: JsonObject): JsonObject {
  const properties =
    isObject(first["properties"]) && isObject(second["properties"]) ? { ...first["properties"], ...second["properties"] } : undefined;
  const required =
    Array.isArray(first["required"]) && Array.isArray(second["required"]) ? [...first["required"], ...second["required"]] : undefined;
  return { ...first, ...second, ...(properties && { properties }), ...(required && { required }) };
}

/** Branches of a union, `oneOf` of constants included; nothing where there is none. */
export function branchesOf(schema: JsonObject): readonly unknown[] | undefined {
  const branches = schema["anyOf"] ?? schema["oneOf"];
  return Array.isArray(branches) ? branches : undefined;
}

/** The values a place is limited to: of `const`, of `enum`, of an `oneOf` of constants. */
export function choicesOf(schema: JsonObject): readonly unknown[] | undefined {
  if ("const" in schema) return [schema["const"]];
  if (Array.isArray(schema["enum"])) return schema["enum"];
  const { oneOf } = schema;
  if (!Array.isArray(oneOf) || oneOf.length === 0) return undefined;
  const constants = oneOf.filter((branch) => isObject(branch) && "const" in branch);
  return constants.length === oneOf.length ? constants.map((branch: JsonObject) => branch["const"]) : undefined;
}
