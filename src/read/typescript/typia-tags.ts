import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import type { Conversion } from "./conversion.js";

/** Name of the property that holds a typia tag's facts (typia's `TagBase`). */
export const tagProperty = "typia.tag";

/**
 * The keywords a typia tag type stands for, read from its structure: `{ "typia.tag"?: { kind, value, schema? } }`. Empty for
 * any other type, such as a brand.
 */
export function tagKeywords(c: Conversion, type: ts.Type): SchemaObject {
  const tag = propertyType(c, type, tagProperty);
  const schema = tag && propertyType(c, tag, "schema");
  const keywords = schema && literalValue(c, schema);
  if (typeof keywords !== "object" || keywords === null) return {};
  // Its tags for examples have the form of OpenAPI.
  const { example, examples, ...others } = keywords as SchemaObject;
  const list = typeof examples === "object" && examples !== null ? Object.values(examples) : example === undefined ? [] : [example];
  return { ...others, ...(list.length > 0 && { examples: list }) };
}

function propertyType(c: Conversion, type: ts.Type, name: string): ts.Type | undefined {
  const property = c.checker.getPropertyOfType(type, name);
  return property && c.checker.getNonNullableType(c.checker.getTypeOfSymbol(property));
}

/** The value that a type made of literals stands for; undefined where it is not one. */
function literalValue(c: Conversion, type: ts.Type): unknown {
  const { TypeFlags } = c.ts;
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (type.flags & TypeFlags.BooleanLiteral) return c.checker.typeToString(type) === "true";
  if (type.flags & TypeFlags.Null) return null;
  if (c.checker.isTupleType(type)) return c.checker.getTypeArguments(type as ts.TypeReference).map((item) => literalValue(c, item));
  if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection))) return undefined;
  const entries = c.checker
    .getPropertiesOfType(type)
    .map((property) => [property.name, literalValue(c, c.checker.getTypeOfSymbol(property))]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown;
}
