import type { JsonNode } from "./json-node.js";
import { setOwn, toData } from "./json-node.js";
import { companionKeywords, keywords } from "./keywords.js";
import type { SchemaBuild } from "./schema-build.js";
import { suggest } from "./suggest.js";

/** Passes `x-…` on as it stands, and tells of keywords that nobody knows. */
export function writeExtensions(build: SchemaBuild): void {
  for (const [name, value] of build.node.members) {
    if (name.startsWith("x-")) setOwn(build.notes, name, toData(value));
    else if (!keywords.has(name) && !companionKeywords.has(name)) reportUnknown(build, name, value);
  }
  const example = build.node.members.get("example");
  if (example && !build.node.members.has("examples")) build.notes.examples = [toData(example)];
}

function reportUnknown(build: SchemaBuild, name: string, value: JsonNode): void {
  const near = suggest(name, keywords.keys());
  if (near && !build.node.members.has(near)) build.report("read/misspelt-keyword", value, { keyword: name, near });
  else build.report("read/unknown-keyword", value, { keyword: name });
}
