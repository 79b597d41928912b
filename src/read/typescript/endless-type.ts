import type { ts } from "ts-morph";
import type { Conversion } from "./conversion.js";
import type { NamedType } from "./named-type.js";

/** How often one generic type may nest in itself, its arguments heavier each time, before it is taken for endless. */
const deepestGrowth = 12;

/**
 * Whether a generic type's instances that stand in one another have no end. Many that merely take turns (schema.org's types have
 * hundreds) do, if not always soon (`Extent` sees to that): only those with ever heavier arguments don't.
 *
 * @param instances of one type, the innermost last
 */
export function isEndless(c: Conversion, instances: readonly NamedType[]): boolean {
  if (instances.length <= deepestGrowth) return false;
  const weights = instances.slice(-deepestGrowth).map(({ typeArguments }) => sum(typeArguments.map((type) => weigh(c, type, 0))));
  return weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0));
}

/** How much there is to a type: its parts, those of what it is made of included, down to named ones. */
function weigh(c: Conversion, type: ts.Type, depth: number): number {
  const { ts, checker } = c;
  if (depth > deepestGrowth + 4) return 1;
  const inside = (types: readonly ts.Type[]): number => 1 + sum(types.map((part) => weigh(c, part, depth + 1)));
  if (type.isStringLiteral()) return type.value.length;
  if (type.isNumberLiteral()) return type.value;
  if (type.isUnionOrIntersection()) return inside(type.types);
  if (!(type.flags & ts.TypeFlags.Object)) return 1;
  if ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) return inside(checker.getTypeArguments(type as ts.TypeReference));
  if (type.aliasTypeArguments) return inside(type.aliasTypeArguments);
  if (type.symbol && !type.symbol.name.startsWith("__")) return 1;
  return inside(checker.getPropertiesOfType(type).map((property) => checker.getTypeOfSymbol(property)));
}

function sum(weights: readonly number[]): number {
  return weights.reduce((total, weight) => total + weight, 0);
}
