import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import type { Conversion, Spot } from "./conversion.js";
import { convertObject } from "./convert-object.js";
import { isContradiction } from "./hints.js";
import { noJsonForm } from "./no-json-form.js";
import { tagKeywords } from "./typia-tags.js";

/**
 * A primitive or array with a brand or with typia's tags loses the brand and keeps the tags' constraints; objects are joined
 * into one.
 */
export function convertIntersection(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
  if (!type.isIntersection()) return {};
  const { ts, checker } = c;
  if (isContradiction(c, type)) return noJsonForm(c, "never", spot);
  const isDate = (member: ts.Type): boolean => member.symbol?.name === "Date" && c.isLib(member.symbol);
  const isObject = (member: ts.Type): boolean => Boolean(member.flags & (ts.TypeFlags.Object | ts.TypeFlags.NonPrimitive));
  const isValue = (member: ts.Type): boolean => !isObject(member) || checker.isArrayLikeType(member) || isDate(member);
  const [value, ...others] = type.types.filter(isValue);
  const schema = value ? c.convert(value, { node: spot.node }) : convertObject(c, type, spot);
  for (const other of others) if (other.isLiteral()) return c.convert(other, { node: spot.node });
  const beside = type.types.filter((member) => !isValue(member));
  const keywords = beside.map((member) => tagKeywords(c, member));
  return Object.assign({}, schema, value && checker.isArrayType(value) && itemCount(c, beside), ...keywords);
}

/** `string[] & { 0: string }` → one or more, `string[] & { length: 2 }` → two. */
function itemCount(c: Conversion, types: readonly ts.Type[]): SchemaObject {
  const required = types.flatMap((type) => c.checker.getPropertiesOfType(type)).filter(({ flags }) => !(flags & c.ts.SymbolFlags.Optional));
  const length = required.filter(({ name }) => name === "length").map((property) => c.checker.getTypeOfSymbol(property));
  const [exact] = length.flatMap((type) => (type.isNumberLiteral() ? type.value : []));
  if (exact !== undefined) return { minItems: exact, maxItems: exact };
  const counts = required.flatMap(({ name }) => (/^\d+$/.test(name) ? Number(name) + 1 : []));
  return counts.length > 0 ? { minItems: Math.max(...counts) } : {};
}
