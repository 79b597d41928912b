import type { ts } from "ts-morph";
import type { Conversion, Hint, Spot } from "./conversion.js";
import { noArguments } from "./conversion.js";
import { referencedSymbol, sameMembers, typeOfHint, unwrapHint, withArguments } from "./hints.js";

/** A type that a person gave a name, with its arguments if it is generic. */
export interface NamedType {
  readonly symbol: ts.Symbol;
  readonly type: ts.Type;
  readonly typeArguments: readonly ts.Type[];
  /** How the type argument list was written, where it was. */
  readonly hint: Hint | undefined;
}

/** The name a type goes by: the alias or enum it was written as, else the checker's own record of it. TypeScript's lib gives no names. */
export function namedType(c: Conversion, type: ts.Type, hint: Hint | undefined): NamedType | undefined {
  return resolved(writtenName(c, type, hint) ?? recordedName(c, type, hint));
}

/** A name that could not be resolved has a symbol without a declaration. */
function resolved(named: NamedType | undefined): NamedType | undefined {
  return named?.symbol.declarations ? named : undefined;
}

function writtenName(c: Conversion, type: ts.Type, hint: Hint | undefined): NamedType | undefined {
  const { SymbolFlags } = c.ts;
  const symbol = hint && referencedSymbol(c, hint.node);
  if (!symbol || !(symbol.flags & (SymbolFlags.TypeAlias | SymbolFlags.Enum)) || c.isLib(symbol)) return undefined;
  const written = typeOfHint(c, hint);
  if (!written || !sameMembers(c, written, type)) return undefined;
  const typeArguments = argumentTypes(c, hint);
  return typeArguments && { symbol, type: written, typeArguments, hint };
}

function argumentTypes(c: Conversion, hint: Hint): readonly ts.Type[] | undefined {
  const { ts } = c;
  const nodes = ts.isTypeReferenceNode(hint.node) || ts.isImportTypeNode(hint.node) ? (hint.node.typeArguments ?? []) : [];
  const types = nodes.map((node) => typeOfHint(c, { node, env: hint.env }));
  return types.every((type) => type !== undefined) ? types : undefined;
}

function recordedName(c: Conversion, type: ts.Type, hint: Hint | undefined): NamedType | undefined {
  if (type.aliasSymbol && !c.isLib(type.aliasSymbol)) {
    return { symbol: type.aliasSymbol, type, typeArguments: type.aliasTypeArguments ?? [], hint };
  }
  return declaredName(c, type, hint);
}

/** The name of an interface, class or enum. */
function declaredName(c: Conversion, type: ts.Type, hint: Hint | undefined): NamedType | undefined {
  const { ts, checker } = c;
  const { symbol } = type;
  if (!symbol || c.isLib(symbol)) return undefined;
  if (type.flags & ts.TypeFlags.EnumLike && symbol.flags & ts.SymbolFlags.Enum) return { symbol, type, typeArguments: [], hint: undefined };
  const isDeclared =
    type.flags & ts.TypeFlags.Object && (type as ts.ObjectType).objectFlags & (ts.ObjectFlags.ClassOrInterface | ts.ObjectFlags.Reference);
  if (!isDeclared || !(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return undefined;
  const reference = type as ts.TypeReference;
  // The argument for `this` stands last and is not part of the name.
  const count = reference.target?.typeParameters?.length ?? 0;
  return { symbol, type, typeArguments: checker.getTypeArguments(reference).slice(0, count), hint };
}

/** The named type that an alias is merely another name of: `type Users = Page<User>`. */
export function aliasedName(c: Conversion, named: NamedType, hint: Hint | undefined): NamedType | undefined {
  const { ts } = c;
  const written = hint && unwrapHint(c, hint);
  if (!written || !(ts.isTypeReferenceNode(written.node) || ts.isImportTypeNode(written.node))) return undefined;
  if (!declarationOf(c, named.symbol) || !(named.symbol.flags & ts.SymbolFlags.TypeAlias)) return undefined;
  return resolved(writtenName(c, named.type, written) ?? declaredName(c, named.type, written));
}

/** Where a named type's own text stands, with its type parameters bound. */
export function bodySpot(c: Conversion, named: NamedType): Spot {
  const { ts, checker } = c;
  const declaration = declarationOf(c, named.symbol);
  if (declaration && ts.isJSDocTypedefTag(declaration)) {
    const { typeExpression: written } = declaration;
    const hint = written && ts.isJSDocTypeExpression(written) ? { node: written.type, env: noArguments } : undefined;
    return { node: nameNode(c, declaration) ?? declaration, hint };
  }
  if (!declaration || !ts.isTypeAliasDeclaration(declaration)) {
    return { node: nameNode(c, declaration) ?? declaration ?? errorPlace(named), hint: named.hint };
  }
  const parameters = (declaration.typeParameters ?? []).flatMap((parameter) => checker.getSymbolAtLocation(parameter.name) ?? []);
  const given = { types: named.typeArguments, hint: named.hint };
  const env = withArguments(c, named.hint?.env ?? noArguments, parameters, given);
  return { node: declaration.name, hint: { node: declaration.type, env } };
}

/** The declaration that speaks for a symbol: the first of its type-like ones. */
export function declarationOf(c: Conversion, symbol: ts.Symbol): ts.Declaration | undefined {
  const { ts } = c;
  const isTypeLike = (node: ts.Declaration): boolean =>
    ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isClassLike(node) || ts.isEnumDeclaration(node);
  return symbol.declarations?.find(isTypeLike) ?? symbol.declarations?.[0];
}

export function nameNode(c: Conversion, declaration: ts.Declaration | undefined): ts.Node | undefined {
  return declaration && c.ts.getNameOfDeclaration(declaration);
}

function errorPlace(named: NamedType): ts.Node {
  throw new Error(`A named type without a declaration: ${named.symbol.name}`);
}
