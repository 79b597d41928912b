import type { Limit, SchemaRules } from "../profiles/profile.js";
import { isFields, type Fields } from "../samples/fields.js";
import { resolveRef } from "../samples/resolve-ref.js";

/** The numeric limits, counted as the profile says. The wording of these refusals is not recorded. */
export function checkLimits(schema: Fields, rules: SchemaRules): string | undefined {
  const limit = (name: Limit): number => rules.limits[name].value;
  const characters = JSON.stringify(schema).length;
  if (characters > limit("characters")) return exceeds("characters", characters, limit("characters"));
  const counts = count(schema);
  if (counts.properties > limit("properties")) return exceeds("properties", counts.properties, limit("properties"));
  if (counts.enumValues > limit("enumValues")) return exceeds("enum values", counts.enumValues, limit("enumValues"));
  if (counts.branches > limit("anyOfBranches")) return exceeds("anyOf branches", counts.branches, limit("anyOfBranches"));
  const long = counts.enums.find((values) => values.length > limit("longEnumFrom") && lengthOf(values) > limit("enumCharacters"));
  if (long) return exceeds("characters in one enum", lengthOf(long), limit("enumCharacters"));
  const depth = depthOf(schema, schema, new Map());
  return depth > limit("depth") ? exceeds("levels of nesting", depth, limit("depth")) : undefined;
}

function exceeds(what: string, found: number, limit: number): string {
  return `JSON schema exceeds the limit of ${limit} ${what}: ${found}.`;
}

interface Counts {
  properties: number;
  enumValues: number;
  branches: number;
  readonly enums: (readonly unknown[])[];
}

function count(schema: Fields): Counts {
  const counts: Counts = { properties: 0, enumValues: 0, branches: 0, enums: [] };
  const visit = (node: unknown): void => {
    if (!isFields(node)) return;
    if (Array.isArray(node["enum"])) {
      counts.enumValues += node["enum"].length;
      counts.enums.push(node["enum"]);
    }
    if (isFields(node["properties"])) counts.properties += Object.keys(node["properties"]).length;
    if (Array.isArray(node["anyOf"])) counts.branches = Math.max(counts.branches, node["anyOf"].length);
    for (const child of subschemas(node)) visit(child);
  };
  visit(schema);
  return counts;
}

function subschemas(node: Fields): unknown[] {
  const maps = [node["properties"], node["$defs"]].flatMap((map) => (isFields(map) ? Object.values(map) : []));
  const lists = [node["anyOf"], node["prefixItems"]].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return [...maps, ...lists, node["items"], node["additionalProperties"]];
}

function lengthOf(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 0), 0);
}

/** Objects and arrays on the longest way from here; the schema has no cycles by now. */
function depthOf(node: unknown, root: Fields, known: Map<unknown, number>): number {
  if (!isFields(node)) return 0;
  const before = known.get(node);
  if (before !== undefined) return before;
  const ref = node["$ref"];
  const target = typeof ref === "string" ? resolveRef(ref, root) : undefined;
  const { $defs: _, ...rest } = node;
  const below = [...subschemas(rest), target].reduce<number>((deepest, child) => Math.max(deepest, depthOf(child, root, known)), 0);
  const own = node["type"] === "object" || node["type"] === "array" ? 1 : 0;
  known.set(node, below + own);
  return below + own;
}
