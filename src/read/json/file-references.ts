import { posix } from "node:path";

/** `"$ref": "…"`, also of the dynamic kinds. What stands in an example is taken too: it would have to name a schema file to matter. */
const reference = /"\$(?:ref|dynamicRef|recursiveRef)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/**
 * The files that a JSON Schema refers to, by its text alone: relative references, without their fragments.
 *
 * @param path of the schema, relative to the root; the results are too
 */
export function fileReferences(path: string, text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, quoted = ""] of text.matchAll(reference)) {
    const file = fileOf(quoted);
    if (file !== "") found.add(posix.join(posix.dirname(path), file));
  }
  found.delete(path);
  return [...found];
}

/** The file a reference names; empty for this one, for web addresses and for what can't be read. */
function fileOf(quoted: string): string {
  try {
    const [file = ""] = String(JSON.parse(`"${quoted}"`)).split("#");
    return /^(?:[A-Za-z][\w+.-]*:|\/)/.test(file) ? "" : decodeURIComponent(file);
  } catch {
    return "";
  }
}
