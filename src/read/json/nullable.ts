import { admitsNull } from "../admits-null.js";
import type { JsonSchema } from "../schema-document.js";
import type { JsonNode } from "./json-node.js";
import { member } from "./json-node.js";
import { keywords } from "./keywords.js";
import type { NormalisedSchema } from "./normalise.js";
import type { ReadSession } from "./read-session.js";

/** Where OpenAPI 3.0's `nullable`, or Swagger 2's `x-nullable`, is true; undefined where neither is. */
function nullableFlag(node: JsonNode): JsonNode | undefined {
  return ["nullable", "x-nullable"]
    .map((name) => member(node, name))
    .find((flag) => flag !== undefined && flag.kind === "scalar" && flag.value === true);
}

/**
 * Adds null to `type` (as in OpenAPI's clarification of 3.0.3, and in Ajv, what stands beside it still has to allow null). Without
 * `type` the builder has wrapped the schema already: see `isNullableWithoutType`.
 */
export function writeNullable(node: JsonNode, out: Record<string, unknown>): void {
  if (nullableFlag(node) === undefined) return;
  if (typeof out.type === "string" && out.type !== "null") out.type = [out.type, "null"];
  else if (Array.isArray(out.type) && !out.type.includes("null")) out.type.push("null");
}

/** `nullable: true` without `type` means, if not by definition, "or null": the rest becomes one branch of an `anyOf`. */
export function isNullableWithoutType(node: JsonNode): boolean {
  if (node.kind !== "object" || nullableFlag(node) === undefined || node.members.has("type")) return false;
  return [...node.members.keys()].some((name) => {
    const keyword = keywords.get(name);
    return keyword && !keyword.annotation && !keyword.structural && name !== "nullable";
  });
}

const advice: ReadonlyMap<string, string> = new Map([
  ["enum", "Add null to `enum`."],
  ["const", "Write an `enum` of the value and null instead of `const`."],
  ["$ref", "Put `nullable` into what is referred to, or leave out `type` beside it."],
]);

/** Tells where null is not valid although a schema is nullable, because of what stands beside its type. */
export function reportNullables(session: ReadSession, { schema, origins }: NormalisedSchema): void {
  const resolve = (ref: string): JsonSchema | undefined => definition(schema, ref);
  for (const [out, node] of origins) {
    const flag = nullableFlag(node);
    const type: unknown = Reflect.get(out, "type");
    if (flag === undefined || !Array.isArray(type) || !type.includes("null")) continue;
    const refusing = ["enum", "const", "$ref", "allOf", "anyOf", "oneOf"].find(
      (keyword) => Object.hasOwn(out, keyword) && !admitsNull({ [keyword]: Reflect.get(out, keyword) }, resolve),
    );
    if (refusing === undefined) continue;
    const otherwise = `Let a part of \`${refusing}\` be nullable too, or leave out \`type\` beside it.`;
    session.report("read/nullable-refused", flag, {
      name: flag.segment ?? "nullable",
      keyword: refusing,
      advice: advice.get(refusing) ?? otherwise,
    });
  }
}

function definition(schema: JsonSchema, ref: string): JsonSchema | undefined {
  if (ref === "#") return schema;
  const defs = typeof schema === "boolean" ? undefined : schema["$defs"];
  const name = ref.replace(/^#\/\$defs\//, "");
  return typeof defs === "object" && defs !== null && Object.hasOwn(defs, name) ? (Reflect.get(defs, name) as JsonSchema) : undefined;
}
