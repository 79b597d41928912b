import { isFields, type Fields } from "./fields.js";
import type { Random } from "./random.js";
import { readHints } from "./read-hints.js";
import { resolveRef } from "./resolve-ref.js";
import { sampleNumber, sampleString } from "./sample-scalar.js";

/** Below so many levels only the shortest way to an end is taken; */
const deepest = 4;

/** and after so many values: with a hundred recursive properties each level has a hundred times as many. */
const most = 2000;

/** A schema that demands more is left without an end: what doubles at every level would not fit into memory. */
const mostAtAll = 20_000;

/**
 * A value that is valid under the schema: always for what the strict subset can say; for other schemas as far as it goes (`not`,
 * `if` and what depends on them are not looked at). What a description says of bounds and formats is heeded too. The same random source gives the same value.
 */
export function sampleValue(schema: unknown, random: Random): unknown {
  const root = isFields(schema) ? schema : {};
  return sample(schema, { root, random, heights: new Map(), level: 0, made: { count: 0 }, key: "" });
}

interface Sampling {
  readonly root: Fields;
  readonly random: Random;
  /** Levels that a schema needs at least, where known. */
  readonly heights: Map<unknown, number>;
  readonly level: number;
  /** Values so far, in the whole sample. */
  readonly made: { count: number };
  /** The property it is for: a hint for texts. */
  readonly key: string;
}

function hasRoom({ level, made }: Sampling): boolean {
  return level < deepest && made.count < most;
}

function sample(schema: unknown, sampling: Sampling): unknown {
  sampling.made.count += 1;
  if (sampling.made.count > mostAtAll) return null;
  const flat = flatten(schema, sampling.root);
  const node: Fields = { ...readHints(flat), ...flat };
  if ("const" in node) return node["const"];
  if (Array.isArray(node["enum"]) && node["enum"].length > 0) return pick(node["enum"], sampling.random);
  const branches = node["anyOf"] ?? node["oneOf"];
  if (Array.isArray(branches) && branches.length > 0) {
    const { anyOf: _, oneOf: __, ...rest } = node;
    const branch = flatten(pickBranch(branches, sampling), sampling.root);
    return sample(merge(rest, branch), sampling);
  }
  switch (typeOf(node, sampling)) {
    case "object":
      return sampleObject(node, sampling);
    case "array":
      return sampleArray(node, sampling);
    case "integer":
      return sampleNumber(node, sampling.random, true);
    case "number":
      return sampleNumber(node, sampling.random, false);
    case "boolean":
      return sampling.random.between(0, 1) === 1;
    case "null":
      return null;
    default:
      return sampleString(node, sampling.random, sampling.key);
  }
}

/** One node without `$ref` and `allOf`; siblings are kept. */
function flatten(schema: unknown, root: Fields, following: readonly string[] = []): Fields {
  if (!isFields(schema)) return {};
  const { $ref: ref, allOf, ...own } = schema;
  let node: Fields = own;
  if (typeof ref === "string" && !following.includes(ref)) node = merge(flatten(resolveRef(ref, root), root, [...following, ref]), node);
  for (const part of Array.isArray(allOf) ? allOf : []) node = merge(node, flatten(part, root, following));
  return node;
}

function merge(first: Fields, second: Fields): Fields {
  const merged: Fields = { ...first, ...second };
  const properties = {
    ...(isFields(first["properties"]) && first["properties"]),
    ...(isFields(second["properties"]) && second["properties"]),
  };
  const required = [first["required"], second["required"]].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return {
    ...merged,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

function typeOf(node: Fields, { random }: Sampling): unknown {
  const { type } = node;
  if (Array.isArray(type)) return pick(type, random);
  if (type !== undefined) return type;
  if ("properties" in node || "required" in node) return "object";
  return "items" in node || "prefixItems" in node ? "array" : "string";
}

function pickBranch(branches: readonly unknown[], sampling: Sampling): unknown {
  if (hasRoom(sampling)) {
    const ending = branches.filter((branch) => heightOf(branch, sampling) < Infinity);
    return pick(ending.length > 0 ? ending : branches, sampling.random);
  }
  const heights = branches.map((branch) => heightOf(branch, sampling));
  return branches[heights.indexOf(Math.min(...heights))];
}

/** A property of a name like `__proto__` is set like any other. */
function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function sampleObject(node: Fields, sampling: Sampling): unknown {
  const value = {};
  const properties = isFields(node["properties"]) ? node["properties"] : {};
  const required: readonly unknown[] = Array.isArray(node["required"]) ? node["required"] : [];
  const inside = (key: string): Sampling => ({ ...sampling, level: sampling.level + 1, key });
  for (const [key, schema] of Object.entries(properties)) {
    const wanted =
      required.includes(key) || (hasRoom(sampling) && heightOf(schema, sampling) < Infinity && sampling.random.between(0, 3) > 0);
    if (wanted) setOwn(value, key, sample(schema, inside(key)));
  }
  for (const key of required) {
    if (typeof key === "string" && !Object.hasOwn(value, key)) setOwn(value, key, sample(node["additionalProperties"], inside(key)));
  }
  if (isFields(node["additionalProperties"]) && hasRoom(sampling)) {
    const count = Math.max(1, Number(node["minProperties"] ?? 1));
    for (let index = 1; index <= count && sampling.made.count <= mostAtAll; index++)
      setOwn(value, `key${index}`, sample(node["additionalProperties"], inside("")));
  }
  return value;
}

function sampleArray(node: Fields, sampling: Sampling): unknown {
  const inside: Sampling = { ...sampling, level: sampling.level + 1 };
  const positions = Array.isArray(node["prefixItems"]) ? node["prefixItems"] : [];
  const values = positions.map((position) => sample(position, inside));
  const items = node["items"];
  if (items === false || (positions.length > 0 && items === undefined)) return values;
  const least = Number(node["minItems"] ?? 0);
  const longest = Number(node["maxItems"] ?? Infinity);
  const ends = hasRoom(sampling) && heightOf(items, sampling) < Infinity;
  const count = Math.min(longest, mostAtAll, Math.max(least, positions.length + (ends ? sampling.random.between(1, 3) : 0)));
  const seen = new Set(values.map((value) => JSON.stringify(value)));
  for (let tries = 0; values.length < count && tries < count * 20 && sampling.made.count <= mostAtAll; tries++) {
    const value = sample(items ?? true, inside);
    if (node["uniqueItems"] === true && seen.has(JSON.stringify(value))) continue;
    seen.add(JSON.stringify(value));
    values.push(value);
  }
  return values;
}

/** Levels below this schema on the shortest way to a value; Infinity where every way leads back to itself. */
function heightOf(schema: unknown, sampling: Sampling, path: ReadonlySet<unknown> = new Set()): number {
  if (!isFields(schema)) return 0;
  const known = sampling.heights.get(schema);
  if (known !== undefined) return known;
  if (path.has(schema)) return Infinity;
  const height = ownHeight(schema, sampling, new Set(path).add(schema));
  // What was found on a way that bit its tail may be better from another start: only a finite height is for good.
  if (height < Infinity || path.size === 0) sampling.heights.set(schema, height);
  return height;
}

function ownHeight(schema: Fields, sampling: Sampling, path: ReadonlySet<unknown>): number {
  const height = (node: unknown): number => heightOf(node, sampling, path);
  const parts: number[] = [0];
  if (typeof schema["$ref"] === "string") parts.push(height(resolveRef(schema["$ref"], sampling.root)));
  if (Array.isArray(schema["allOf"])) parts.push(...schema["allOf"].map(height));
  const branches = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(branches)) parts.push(Math.min(...branches.map(height)));
  const properties = isFields(schema["properties"]) ? schema["properties"] : {};
  const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  for (const [key, property] of Object.entries(properties)) {
    if (required.includes(key)) parts.push(1 + height(property));
  }
  if (Array.isArray(schema["prefixItems"])) parts.push(...schema["prefixItems"].map((position) => 1 + height(position)));
  if (Number(schema["minItems"] ?? 0) > 0) parts.push(1 + height(schema["items"]));
  return Math.max(...parts);
}

function pick(values: readonly unknown[], random: Random): unknown {
  return values[random.between(0, values.length - 1)];
}
