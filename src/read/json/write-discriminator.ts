import type { JsonNode } from "./json-node.js";
import { member, setOwn, stringOf } from "./json-node.js";
import type { SchemaBuild } from "./schema-build.js";

/**
 * OpenAPI's `discriminator` says which branch a property's value selects: the one `mapping` names for it, or the schema of that
 * name. A branch that does not say so itself gets the value as a `const`. Elsewhere (pydantic, typia) the keyword is an annotation
 * beside branches that do, and validators ignore it; so does this.
 */
export function writeDiscriminator(build: SchemaBuild): void {
  const property = stringOf(member(member(build.node, "discriminator"), "propertyName"));
  if (property === undefined || !isOpenApi(build)) return;
  for (const keyword of ["oneOf", "anyOf"] as const) {
    const sources = member(build.node, keyword);
    const branches = build.out[keyword];
    if (sources?.kind !== "array" || !Array.isArray(branches)) continue;
    for (const [index, source] of sources.items.entries()) writeBranch(build, { property, source, branch: branches[index] });
  }
}

function isOpenApi(build: SchemaBuild): boolean {
  const { members } = build.resource.file.root.kind === "object" ? build.resource.file.root : { members: new Map<string, JsonNode>() };
  return members.has("openapi") || members.has("swagger");
}

function writeBranch(build: SchemaBuild, facts: { readonly property: string; readonly source: JsonNode; readonly branch: unknown }): void {
  const { property, source, branch } = facts;
  const at = member(source, "$ref");
  const reference = stringOf(at);
  if (!at || reference === undefined || typeof branch !== "object" || branch === null) return;
  const target = build.resolve(reference, at);
  if (!target || saysItself(target, property)) return;
  const values = valuesFor(build, reference);
  // The branch is a reference written by the builder; its siblings are ours to add.
  const schema = branch as Record<string, unknown>;
  const properties: Record<string, unknown> = {};
  setOwn(properties, property, values.length === 1 ? { const: values[0] } : { enum: values });
  build.trace(properties, at);
  schema.properties = properties;
  schema.required = [property];
}

function saysItself(target: JsonNode, property: string): boolean {
  const tag = member(member(target, "properties"), property);
  return member(tag, "const") !== undefined || member(tag, "enum") !== undefined || member(tag, "$ref") !== undefined;
}

function valuesFor(build: SchemaBuild, reference: string): readonly string[] {
  const name = reference.split("/").at(-1) ?? reference;
  const mapping = member(member(build.node, "discriminator"), "mapping");
  const entries = mapping?.kind === "object" ? [...mapping.members] : [];
  const mapped = entries.filter(([, value]) => stringOf(value) === reference || stringOf(value) === name).map(([key]) => key);
  return mapped.length > 0 ? mapped : [name];
}
