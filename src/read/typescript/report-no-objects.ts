import type { ts } from "ts-morph";
import type { Conversion } from "./conversion.js";
import { nameNode } from "./named-type.js";

/** An exported type that gets no extractor by itself. */
export interface Passed {
  readonly exportName: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
  readonly isGeneric: boolean;
}

const mostNamed = 5;

/** Tells why nothing is extracted from a file that exports types: what each of them is. */
export function reportNoObjects(c: Conversion, passed: readonly Passed[]): void {
  const [first] = passed;
  if (first === undefined) return;
  const named = passed.slice(0, mostNamed).map((one) => `\`${one.exportName}\` is ${describe(c, one)}`);
  const more = passed.length > mostNamed ? `, and ${passed.length - mostNamed} more` : "";
  c.report("read/ts-no-objects", nameNode(c, first.declaration) ?? first.declaration, { types: named.join(", ") + more });
}

function describe(c: Conversion, { symbol, isGeneric }: Passed): string {
  const { ts, checker } = c;
  if (isGeneric) return "generic";
  if (symbol.flags & ts.SymbolFlags.Enum) return "an enum";
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  if (checker.isTupleType(type)) return "a tuple";
  if (checker.isArrayLikeType(type)) return "a list";
  if (type.getCallSignatures().length > 0) return "a function";
  if (type.flags & ts.TypeFlags.StringLike) return "a string";
  if (type.flags & ts.TypeFlags.NumberLike) return "a number";
  if (type.flags & ts.TypeFlags.BooleanLike) return "a boolean";
  if (type.isUnion()) return describeUnion(c, type);
  return `\`${checker.typeToString(type)}\``;
}

function describeUnion({ ts }: Conversion, { types }: ts.UnionType): string {
  const { StringLike, NumberLike, BooleanLike, Null, Undefined } = ts.TypeFlags;
  const isAll = (flags: ts.TypeFlags): boolean => types.every((type) => type.flags & flags);
  if (isAll(StringLike | NumberLike | BooleanLike | Null | Undefined)) return "a union of scalars";
  return types.some((type) => type.flags & Null) ? "a union with null" : "a union with what is no object";
}
