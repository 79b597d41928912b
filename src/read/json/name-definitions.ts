import type { DynamicScope } from "./dynamic-scope.js";
import type { JsonNode } from "./json-node.js";
import { segmentsOf } from "./json-node.js";
import { escapeSegment } from "./uri.js";

/** A schema to be named, with where it was written. */
export interface Unnamed {
  readonly node: JsonNode;
  readonly scope: DynamicScope;
  /** Path of its file. */
  readonly file: string;
}

/**
 * Names for `$defs`: the key a definition had, the property it was found at, or its file's name; letters, digits, `_`, `.` and `-`
 * only, so that `#/$defs/` + name needs no escaping. A name depends on where the schema was written, never on what refers to it
 * first: definitions are named in the order of file and pointer, and who comes second to a name takes its parent's or its file's before it.
 */
export function nameDefinitions<T extends Unnamed>(definitions: readonly T[], fixed: ReadonlyMap<T, string>): ReadonlyMap<T, string> {
  const names = new Map<T, string>(fixed);
  const taken = new Set(fixed.values());
  const sorted = definitions
    .filter((definition) => !fixed.has(definition))
    .map((definition) => ({ definition, key: sortKey(definition) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  for (const { definition } of sorted) {
    const name = firstFree(candidates(definition), taken);
    names.set(definition, name);
    taken.add(name);
  }
  return names;
}

/** Definitions proper come before schemas found at other places, keys that stay as they are before those that have to be changed. */
function sortKey({ node, file, scope }: Unnamed): string {
  const segments = segmentsOf(node);
  const chosen = isDefinition(segments) ? "0" : "1";
  const exact = segments.length > 0 && safeName(segments.at(-1) ?? "") === segments.at(-1) ? "0" : "1";
  const depth = String(segments.length).padStart(4, "0");
  return [chosen, exact, depth, file, segments.map(escapeSegment).join("/"), scope.key].join("\0");
}

const containers = new Set(["$defs", "definitions", "schemas"]);

function isDefinition(segments: readonly string[]): boolean {
  return containers.has(segments.at(-2) ?? "");
}

function candidates({ node, file }: Unnamed): readonly string[] {
  const segments = segmentsOf(node);
  const own = ownName(segments) ?? fileStem(file);
  const parent = ownName(segments.slice(0, -2));
  const qualified = parent === undefined ? undefined : `${parent}_${own}`;
  return [own, ...(qualified ? [qualified] : []), `${fileStem(file)}_${own}`].map(safeName);
}

function firstFree(names: readonly string[], taken: ReadonlySet<string>): string {
  const free = names.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  const base = names[0] ?? "schema";
  let number = 2;
  while (taken.has(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}

const structure = new Set(["properties", "patternProperties", "dependentSchemas", "dependencies", ...containers]);

/** The last key that names something, with what lies below it: `/properties/tags/items` is `tags_item`. */
function ownName(segments: readonly string[]): string | undefined {
  const suffix: string[] = [];
  for (let index = segments.length - 1; index >= 0; index--) {
    const segment = segments[index]!;
    if (structure.has(segments[index - 1] ?? "") && !structure.has(segments[index - 2] ?? "")) return [segment, ...suffix].join("_");
    if (segment === "items" || segment === "additionalProperties") suffix.unshift("item");
    else if (/^\d+$/.test(segment)) suffix.unshift(String(Number(segment) + 1));
    else if (index === segments.length - 1) suffix.unshift(segment);
  }
  return suffix.length > 0 ? suffix.join("_") : undefined;
}

/** `schemas/user.schema.json` → `user`. */
export function fileStem(file: string): string {
  const last =
    file
      .replace(/[#?].*$/, "")
      .split("/")
      .findLast((part) => part !== "") ?? file;
  return last.replace(/\.(jsonc?|json5)$/i, "").replace(/\.schema$/i, "");
}

function safeName(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z\d_.-]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return plain.slice(0, 120) || "schema";
}
