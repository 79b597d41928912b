import type { ts } from "ts-morph";
import type { Conversion, Spot, TypeEnvironment } from "./conversion.js";
import { noArguments } from "./conversion.js";
import { referencedSymbol } from "./hints.js";
import { propertyDeclaration } from "./property-declaration.js";

/**
 * Puts types or keys that were worked out (`Exclude<Color, "red">`, `keyof User`) in the order in which they can be found in
 * what was written, aliases and arguments followed; the checker's own order depends on other files. What is not found comes
 * last, in order of its text.
 */
export function writtenOrder(c: Conversion, types: readonly ts.Type[], written: Written | undefined): readonly ts.Type[] {
  if (types.length < 2) return types;
  const found: ReadonlyMap<string | ts.Node, number> = written ? writtenKeys(c, written) : new Map<string, number>();
  const shared = sharedPlaces(c, types);
  // `null` last, as people write it; the rest in an order that no other file can change.
  const isNull = (type: ts.Type): number => (type.flags & c.ts.TypeFlags.Null ? 1 : 0);
  return sortBy(types, (type) => [
    found.get(keyOf(c, type)) ?? objectRank(c, { type, found, shared }),
    isNull(type),
    declarationPlace(type),
    c.checker.typeToString(type),
  ]);
}

interface Ranking {
  readonly type: ts.Type;
  readonly found: ReadonlyMap<string | ts.Node, number>;
  readonly shared: ReadonlySet<ts.Node>;
}

/** An object that a validator describes (`z.discriminatedUnion("type", [Click, Key])`) comes where its properties were written, those of a common base aside. */
function objectRank(c: Conversion, { type, found, shared }: Ranking): number {
  const places = propertyPlaces(c, type).filter((place) => !shared.has(place));
  return Math.min(...places.map((place) => found.get(place) ?? Infinity));
}

function sharedPlaces(c: Conversion, types: readonly ts.Type[]): ReadonlySet<ts.Node> {
  const seen = new Set<ts.Node>();
  return new Set(types.flatMap((type) => propertyPlaces(c, type)).filter((place) => seen.has(place) || !seen.add(place)));
}

function propertyPlaces(c: Conversion, type: ts.Type): readonly ts.Node[] {
  if (!(type.flags & (c.ts.TypeFlags.Object | c.ts.TypeFlags.Intersection))) return [];
  return c.checker.getPropertiesOfType(type).flatMap((property) => propertyDeclaration(property) ?? []);
}

/** The text of a type, or of the value that it is inferred from. */
interface Written {
  readonly node: ts.Node;
  readonly env: TypeEnvironment;
}

/** How a type was written; where nobody wrote one, the value of the property (`role: z.enum(["user", "admin"])`). */
export function writtenAt(c: Conversion, { hint, node }: Spot): Written | undefined {
  if (hint) return hint;
  const { parent } = node;
  return c.ts.isPropertyAssignment(parent) || c.ts.isShorthandPropertyAssignment(parent) ? { node: parent, env: noArguments } : undefined;
}

/** Rank of each literal text, type name and property of a value that a node leads to. */
export function writtenKeys(c: Conversion, written: Written): ReadonlyMap<string | ts.Node, number> {
  const found = new Map<string | ts.Node, number>();
  const seen = new Set<ts.Node>();
  const add = (key: string | ts.Node): void => {
    if (!found.has(key)) found.set(key, found.size);
  };
  const visit = (node: ts.Node): void => {
    if (seen.has(node) || seen.size > 2_000) return;
    seen.add(node);
    const { ts, checker } = c;
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.KeyOfKeyword) {
      for (const name of declaredNames(c, checker.getTypeFromTypeNode(node.type))) add(`"${name}"`);
    }
    if (ts.isTypeQueryNode(node)) {
      for (const name of declaredNames(c, checker.getTypeAtLocation(firstName(c, node.exprName)))) add(`"${name}"`);
    }
    if (ts.isLiteralTypeNode(node) || ts.isTypeReferenceNode(node)) {
      for (const key of memberKeys(c, checker.getTypeFromTypeNode(node))) add(key);
    }
    if (ts.isIndexedAccessTypeNode(node)) for (const member of indexedMembers(c, node)) visit(member);
    const initializer = ts.isIdentifier(node) && initializerOf(c, node);
    if (initializer) visit(initializer);
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) add(node);
    if (ts.isLiteralExpression(node)) add(ts.isNumericLiteral(node) ? node.text : JSON.stringify(node.text));
    // What a generic type is given says more of the user's order than its own text does.
    if (ts.isTypeReferenceNode(node)) node.typeArguments?.forEach(visit);
    const symbol = referencedSymbol(c, node);
    for (const declaration of symbol?.declarations ?? []) {
      if (ts.isTypeAliasDeclaration(declaration)) visit(declaration.type);
      if (ts.isEnumDeclaration(declaration)) for (const key of enumKeys(c, declaration)) add(key);
    }
    const argument = symbol && written.env.get(symbol);
    if (argument?.hint) visit(argument.hint.node);
    ts.forEachChild(node, visit);
  };
  visit(written.node);
  return found;
}

/** What a constant of the user's is made of. */
function initializerOf(c: Conversion, name: ts.Identifier): ts.Expression | undefined {
  const { ts, checker } = c;
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  const declaration = (symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  return c.isForeign(declaration.getSourceFile()) ? undefined : declaration.initializer;
}

/** Properties that somebody wrote; the order of others is the checker's. */
function declaredNames(c: Conversion, type: ts.Type): readonly string[] {
  const declared = c.checker.getPropertiesOfType(type).filter(({ declarations }) => declarations !== undefined);
  return declared.map(({ name }) => name);
}

/** `typeof users.$inferSelect` is worked out of `users`. */
function firstName(c: Conversion, name: ts.EntityName): ts.Identifier {
  return c.ts.isQualifiedName(name) ? firstName(c, name.left) : name;
}

/** `User["role"]`, `(typeof levels)[number]` → where the members it picks were written. */
function indexedMembers(c: Conversion, { objectType, indexType }: ts.IndexedAccessTypeNode): readonly ts.Node[] {
  const { ts, checker } = c;
  const inner = ts.isParenthesizedTypeNode(objectType) ? objectType.type : objectType;
  if (ts.isTypeQueryNode(inner)) {
    const declaration = checker.getSymbolAtLocation(inner.exprName)?.valueDeclaration;
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? memberValues(c, declaration.initializer) : [];
  }
  const keys = checker.getTypeFromTypeNode(indexType);
  const names = (keys.isUnion() ? keys.types : [keys]).flatMap((key) => (key.isStringLiteral() ? key.value : []));
  const properties = checker.getPropertiesOfType(checker.getTypeFromTypeNode(objectType)).filter(({ name }) => names.includes(name));
  return properties.flatMap(({ valueDeclaration: node }) => (node && ts.isPropertySignature(node) && node.type ? node.type : []));
}

/** The values of an object or list that a constant is made of. */
function memberValues(c: Conversion, node: ts.Expression): readonly ts.Node[] {
  const { ts } = c;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return memberValues(c, node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => [element, ...memberValues(c, element)]);
  if (!ts.isObjectLiteralExpression(node)) return [];
  const values = node.properties.flatMap((property) => (ts.isPropertyAssignment(property) ? property.initializer : []));
  return values.flatMap((value) => [value, ...memberValues(c, value)]);
}

/** Members, and the texts they stand for, as `` `${State}` `` has them. */
function enumKeys(c: Conversion, { members }: ts.EnumDeclaration): readonly string[] {
  const types = members.map((member) => c.checker.getTypeAtLocation(member));
  return types.flatMap((type) => [keyOf(c, type), ...(type.isStringLiteral() ? [JSON.stringify(type.value)] : [])]);
}

function memberKeys(c: Conversion, type: ts.Type): readonly string[] {
  // A union's members stand in the checker's order: only single types tell where they were written.
  // One that depends on a type parameter is none of the types looked for, and its text can take seconds to make.
  return type.isUnion() || type.flags & c.ts.TypeFlags.Instantiable ? [] : [keyOf(c, type)];
}

function keyOf(c: Conversion, type: ts.Type): string {
  return c.checker.typeToString(type, undefined, c.ts.TypeFormatFlags.NoTruncation);
}

function declarationPlace(type: ts.Type): string {
  const declaration = type.symbol?.declarations?.[0];
  return declaration ? `${declaration.getSourceFile().fileName}:${String(declaration.pos).padStart(9, "0")}` : "";
}

/** Sorts by several keys, numbers and texts by code unit. */
export function sortBy<T>(items: readonly T[], keysOf: (item: T) => readonly (number | string)[]): readonly T[] {
  const keyed = items.map((item) => ({ item, keys: keysOf(item) }));
  keyed.sort((one, other) => {
    for (const [index, key] of one.keys.entries()) {
      const against = other.keys[index] ?? "";
      if (key !== against) return key < against ? -1 : 1;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}
