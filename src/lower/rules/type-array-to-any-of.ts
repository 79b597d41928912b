import type { RewriteRule } from "../context.js";
import { jsonType, stringList, without } from "../json.js";
import { keywordsFor } from "../keywords.js";
import type { SchemaObject } from "../../read/schema-document.js";

/** `type: [a, b]` → `anyOf` of one schema for each type, with the keywords that belong to it: also where a profile has lists of types. */
export const typeArrayToAnyOf: RewriteRule = (schema, at, context) => {
  const types = schema["type"];
  if (!Array.isArray(types)) return undefined;
  const names = stringList(types).filter((name, _index, all) => name !== "integer" || !all.includes("number"));
  const rest = without(schema, "type");
  if (names.length === 0) return false;
  if (names.length === 1) return { ...rest, type: names[0] };
  if (Array.isArray(schema["enum"])) return { ...rest, enum: schema["enum"].filter((value) => hasType(value, names)) };
  if (names.length >= 6) return Object.hasOwn(rest, "anyOf") ? rest : onlyAnnotations(rest);
  if (Object.hasOwn(rest, "anyOf")) {
    const own = Array.isArray(rest["allOf"]) ? rest["allOf"] : [];
    return { ...rest, allOf: [...own, { anyOf: names.map((type) => ({ type })) }] };
  }
  context.note("type-array-to-any-of", at, `type [${names.join(", ")}] is sent as anyOf`);
  const outer = onlyAnnotations(rest);
  return { ...outer, anyOf: names.map((type) => ({ type, ...keywordsFor(type, rest) })) };
};

function hasType(value: unknown, types: readonly string[]): boolean {
  const type = jsonType(value);
  return types.includes(type) || (type === "number" && types.includes("integer") && Number.isInteger(value));
}

function onlyAnnotations(schema: SchemaObject): SchemaObject {
  const kept = ["title", "description", "default", "examples", "$comment", "deprecated", "readOnly", "writeOnly"];
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => kept.includes(keyword) || keyword.startsWith("x-")));
}
