import type { ts } from "ts-morph";
import type { Conversion, Hint, TypeEnvironment } from "./conversion.js";
import { noArguments } from "./conversion.js";
import { referencedSymbol, typeOfHint, unwrapHint, withArguments } from "./hints.js";
import { originOf, propertyDeclaration } from "./property-declaration.js";
import { tagProperty } from "./typia-tags.js";
import { sortBy, writtenKeys } from "./written-order.js";

/** A property, and the type arguments in scope where it was written. */
export interface Member {
  readonly symbol: ts.Symbol;
  readonly env: TypeEnvironment;
}

/**
 * The properties of an object type that are public data, in written order. Inherited ones come first, in the order of the
 * `extends` list, as a reader meets them: what a base declares (an id, a `kind`) tells the model what it is writing before the
 * rest.
 */
export function objectMembers(c: Conversion, type: ts.Type, hint: Hint | undefined): readonly Member[] {
  const data = c.checker
    .getPropertiesOfType(type)
    .filter((property) => isData(c, property) && !(type.isIntersection() && isBrand(property)));
  const properties = new Map(data.map((property) => [property.name, property]));
  const env = hint?.env ?? noArguments;
  const places = new Map<string, TypeEnvironment>();
  const add = (name: string, scope: TypeEnvironment): void => {
    if (!places.has(name)) places.set(name, scope);
  };
  collect(c, type, { env, hint, order: hint, add });
  const members: Member[] = [];
  for (const [name, scope] of places) {
    const symbol = properties.get(name);
    if (symbol) members.push({ symbol, env: scope });
    properties.delete(name);
  }
  return [...members, ...[...properties.values()].map((symbol) => ({ symbol, env }))];
}

/** Data has a name that JSON can hold and is neither private nor protected. */
function isData(c: Conversion, property: ts.Symbol): boolean {
  const { ModifierFlags, SymbolFlags } = c.ts;
  const name = String(property.escapedName);
  // The checker's names of `[symbol]` and `#private` members.
  if (name.startsWith("__@") || name.startsWith("__#") || name === tagProperty) return false;
  // Only members of classes can be hidden.
  if (!(property.flags & SymbolFlags.ClassMember) || property.declarations?.every((node) => c.ts.isPropertySignature(node))) return true;
  const hidden = ModifierFlags.Private | ModifierFlags.Protected;
  return !property.declarations?.some((declaration) => c.ts.getCombinedModifierFlags(declaration) & hidden);
}

/** Names that brands use where they have no symbol; `Agreement` in the runtime knows the same. */
function isBrand(property: ts.Symbol): boolean {
  return ["__brand", "_brand", "__tag", "__type", "__flavor", "__opaque", "__opaque__"].includes(property.name);
}

interface Collecting {
  readonly env: TypeEnvironment;
  /** The declared types around: one that extends itself is a type error, but no reason to go on and on. */
  readonly above?: ReadonlySet<ts.Symbol> | undefined;
  readonly hint: Hint | undefined;
  /** Where to look for the order of keys that were worked out: what was written for the type, or for one that it is a part of. */
  readonly order: Hint | undefined;
  readonly add: (name: string, env: TypeEnvironment) => void;
}

function collect(c: Conversion, type: ts.Type, collecting: Collecting): void {
  if (type.isIntersection()) {
    for (const part of type.types) collect(c, part, { ...collecting, hint: undefined });
    return;
  }
  const declarations = type.symbol?.declarations?.filter((node) => c.ts.isInterfaceDeclaration(node) || c.ts.isClassLike(node));
  if (declarations && declarations.length > 0) collectDeclared(c, { type, symbol: type.symbol }, collecting);
  else if (isMapped(c, type)) collectMapped(c, type, collecting);
  else for (const property of c.checker.getPropertiesOfType(type)) collecting.add(property.name, collecting.env);
}

function collectDeclared(c: Conversion, of: { readonly type?: ts.Type; readonly symbol: ts.Symbol }, collecting: Collecting): void {
  const { ts, checker } = c;
  const { env, hint, add } = collecting;
  if (collecting.above?.has(of.symbol)) return;
  const above = new Set(collecting.above).add(of.symbol);
  const parameters = declaredParameters(c, of.symbol);
  const types = of.type ? checker.getTypeArguments(of.type as ts.TypeReference) : [];
  const scope = withArguments(c, env, parameters, { types, hint });
  for (const declaration of of.symbol.declarations ?? []) {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassLike(declaration)) continue;
    for (const clause of declaration.heritageClauses ?? []) {
      if (clause.token === ts.SyntaxKind.ImplementsKeyword) continue;
      for (const base of clause.types) {
        const symbol = referencedSymbol(c, base);
        const written = { node: base, env: scope };
        const inherited = { env: scope, above, hint: written, order: written, add };
        if (symbol && symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) collectDeclared(c, { symbol }, inherited);
        else collect(c, checker.getTypeAtLocation(base), inherited);
      }
    }
    for (const member of declaration.members) {
      const symbol = member.name && checker.getSymbolAtLocation(member.name);
      if (symbol) add(symbol.name, scope);
      if (ts.isConstructorDeclaration(member)) for (const p of member.parameters) add(p.name.getText(), scope);
    }
  }
}

function declaredParameters(c: Conversion, symbol: ts.Symbol): readonly ts.Symbol[] {
  const { ts, checker } = c;
  for (const declaration of symbol.declarations ?? []) {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassLike(declaration)) continue;
    return (declaration.typeParameters ?? []).flatMap((parameter) => checker.getSymbolAtLocation(parameter.name) ?? []);
  }
  return [];
}

function isMapped(c: Conversion, type: ts.Type): boolean {
  return Boolean(type.flags & c.ts.TypeFlags.Object && (type as ts.ObjectType).objectFlags & c.ts.ObjectFlags.Mapped);
}

/**
 * The checker goes through the keys of a mapped type in its own order, which other files can change: take that of the type mapped
 * over, else that of the written keys.
 */
function collectMapped(c: Conversion, type: ts.Type, { env, above, hint, order, add }: Collecting): void {
  const properties = c.checker.getPropertiesOfType(type);
  const source = hint && mappedSource(c, hint);
  const sourceType = source && typeOfHint(c, source);
  if (sourceType && c.checker.getPropertiesOfType(sourceType).length > 0) {
    const made = new Map<string, string[]>();
    for (const property of properties) {
      const { name } = originOf(property) ?? property;
      made.set(name, [...(made.get(name) ?? []), property.name]);
    }
    const addRenamed = (name: string, scope: TypeEnvironment): void => made.get(name)?.forEach((renamed) => add(renamed, scope));
    collect(c, sourceType, { env: source.env, above, hint: source, order: source, add: addRenamed });
  }
  const written = order ? writtenKeys(c, order) : new Map<string, number>();
  const owners = new Map<ts.Node, number>();
  const ordered = sortBy(properties, (property) => {
    const declaration = propertyDeclaration(property);
    if (!declaration) return [1, written.get(`"${property.name}"`) ?? Infinity, 0, property.name];
    const owner = declaration.parent;
    const depth = owners.get(owner) ?? heritageDepth(c, owner);
    owners.set(owner, depth);
    return [0, depth, declaration.pos, property.name];
  });
  for (const property of ordered) add(property.name, env);
}

/** `Partial<T>`, `Pick<T, …>`, `{ [P in keyof T]: … }` → what was written for `T`. */
function mappedSource(c: Conversion, hint: Hint): Hint | undefined {
  const { ts } = c;
  const { node, env } = unwrapHint(c, hint);
  if (ts.isMappedTypeNode(node)) {
    const { constraint } = node.typeParameter;
    const isKeys = constraint && ts.isTypeOperatorNode(constraint) && constraint.operator === ts.SyntaxKind.KeyOfKeyword;
    return isKeys ? { node: constraint.type, env } : undefined;
  }
  if (!ts.isTypeReferenceNode(node) || !node.typeArguments?.[0]) return undefined;
  const source = { node: node.typeArguments[0], env };
  // `Partial<Omit<T, …>>`: the innermost type that isn't mapped itself tells.
  return mappedSource(c, source) ?? source;
}

/** How many declarations stand above one in its `extends` chain. */
function heritageDepth(c: Conversion, node: ts.Node, seen: ReadonlySet<ts.Node> = new Set()): number {
  const { ts } = c;
  if (seen.has(node) || (!ts.isInterfaceDeclaration(node) && !ts.isClassLike(node))) return 0;
  const bases = (node.heritageClauses ?? [])
    .flatMap((clause) => clause.types)
    .flatMap((base) => referencedSymbol(c, base)?.declarations ?? []);
  return bases.length === 0 ? 0 : 1 + Math.max(...bases.map((base) => heritageDepth(c, base, new Set([...seen, node]))));
}
