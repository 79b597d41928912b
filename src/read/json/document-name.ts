import type { JsonNode } from "./json-node.js";
import { member, segmentsOf, stringOf } from "./json-node.js";
import { fileStem } from "./name-definitions.js";
import { pointerSegments } from "./uri.js";

/**
 * The name of a document's root type: `x-extract.name`; else, for one of several schemas in a file, its key; else a `title` that
 * makes a sensible identifier; else the name of the definition that a root of nothing but a `$ref` leads to; else the file's
 * (`schemas/user-profile.schema.json` → `UserProfile`).
 */
function documentName(root: JsonNode, path: string): string {
  const chosen = stringOf(member(member(root, "x-extract"), "name"));
  return (
    (chosen === undefined ? undefined : pascalCase(chosen)) ??
    nameOfDefinition(segmentsOf(root)) ??
    nameOfTitle(stringOf(member(root, "title"))) ??
    nameOfReference(root) ??
    pascalCase(fileStem(path)) ??
    "Schema"
  );
}

/** Short titles only: `A list of users as of 2024, sorted` is a description. */
function nameOfTitle(title: string | undefined): string | undefined {
  if (title === undefined || title.length > 40 || !/^[\p{L}][\p{L}\p{N}_\- ]*$/u.test(title.trim())) return undefined;
  return title.trim().split(/\s+/).length <= 4 ? pascalCase(title) : undefined;
}

function nameOfDefinition(segments: readonly string[]): string | undefined {
  const container = segments.at(-2);
  // An item of typia's list of schemas has no name of its own.
  if (/^\d+$/.test(segments.at(-1) ?? "")) return undefined;
  return container === "$defs" || container === "definitions" || container === "schemas" ? pascalCase(segments.at(-1) ?? "") : undefined;
}

function nameOfReference(root: JsonNode): string | undefined {
  const reference = stringOf(member(root, "$ref"));
  return reference?.startsWith("#/") ? nameOfDefinition(["", ...pointerSegments(reference.slice(1))]) : undefined;
}

/** `user-profile` → `UserProfile`; undefined where nothing of the text can stand in an ASCII identifier. */
export function pascalCase(text: string): string | undefined {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  if (name === "") return undefined;
  return /^\d/.test(name) ? `Schema${name}` : name;
}

/** Names for all documents of a file: of two that would be called the same, the later in the text gets a number. */
export function documentNames(roots: readonly JsonNode[], path: string): readonly string[] {
  const taken = new Set<string>();
  return roots.map((root) => {
    const wanted = documentName(root, path);
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
    taken.add(name);
    return name;
  });
}
