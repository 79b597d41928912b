import type { ts } from "ts-morph";
import type { Conversion, Hint, TypeArgument, TypeEnvironment } from "./conversion.js";

/** The members of a union type without `undefined`; of any other type, itself. */
export function constituents(c: Conversion, type: ts.Type): readonly ts.Type[] {
  return membersOf(type).filter((member) => !isAbsent(c, member) && !isContradiction(c, member));
}

/** Whether `undefined` is a member. */
export function mayBeAbsent(c: Conversion, type: ts.Type): boolean {
  return membersOf(type).some((member) => isAbsent(c, member));
}

function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function isAbsent(c: Conversion, type: ts.Type): boolean {
  return Boolean(type.flags & (c.ts.TypeFlags.Undefined | c.ts.TypeFlags.Void));
}

/** An intersection that nothing can be of (`{ kind: "a" } & { kind: "b" }`): the checker keeps it in unions, but tells no properties. */
export function isContradiction(c: Conversion, type: ts.Type): boolean {
  if (!type.isIntersection() || c.checker.getPropertiesOfType(type).length > 0) return false;
  return type.types.some((part) => c.checker.getPropertiesOfType(part).length > 0);
}

/** Whether two types have the same members, `undefined` aside. */
export function sameMembers(c: Conversion, one: ts.Type, other: ts.Type): boolean {
  if (one === other) return true;
  const members = new Set(constituents(c, one));
  const others = constituents(c, other);
  return members.size === others.length && others.every((member) => members.has(member));
}

/** Takes off parentheses, tuple labels, `?` and `readonly`, and follows type parameters to what was written for them. */
export function unwrapHint(c: Conversion, hint: Hint): Hint {
  const { ts } = c;
  const { node, env } = hint;
  if (ts.isParenthesizedTypeNode(node) || ts.isNamedTupleMember(node) || ts.isOptionalTypeNode(node)) {
    return unwrapHint(c, { node: node.type, env });
  }
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return unwrapHint(c, { node: node.type, env });
  const argument = parameterArgument(c, hint);
  return argument?.hint ? unwrapHint(c, argument.hint) : hint;
}

/** The type a hint stands for; undefined where it depends on type parameters that are not known. */
export function typeOfHint(c: Conversion, hint: Hint): ts.Type | undefined {
  if (c.ts.isTokenKind(hint.node.kind)) return c.checker.getTypeFromTypeNode(hint.node);
  const argument = parameterArgument(c, hint);
  if (argument) return argument.type ?? (argument.hint && typeOfHint(c, argument.hint));
  return hasFreeParameters(c, hint.node) ? undefined : c.checker.getTypeFromTypeNode(hint.node);
}

/** The parts of a written union, nested ones included, in order; any other hint is its own only part. */
export function writtenParts(c: Conversion, hint: Hint): readonly Hint[] {
  const { node, env } = unwrapHint(c, hint);
  if (!c.ts.isUnionTypeNode(node)) return [{ node, env }];
  return node.types.flatMap((part) => writtenParts(c, { node: part, env }));
}

/** The symbol a type reference names, imports followed. */
export function referencedSymbol(c: Conversion, node: ts.Node): ts.Symbol | undefined {
  const { ts, checker } = c;
  const name = ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isImportTypeNode(node)
      ? node.qualifier
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
  const symbol = name && checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Adds the arguments of a generic declaration to those in scope. */
export function withArguments(
  c: Conversion,
  env: TypeEnvironment,
  parameters: readonly ts.Symbol[],
  given: { readonly types: readonly (ts.Type | undefined)[]; readonly hint: Hint | undefined },
): TypeEnvironment {
  if (parameters.length === 0) return env;
  const written = given.hint && argumentNodes(c, given.hint.node);
  const inner = new Map(env);
  parameters.forEach((parameter, index) => {
    const node = written?.[index];
    inner.set(parameter, { type: given.types[index], hint: node && given.hint && { node, env: given.hint.env } });
  });
  return inner;
}

function argumentNodes(c: Conversion, node: ts.TypeNode): readonly ts.TypeNode[] | undefined {
  const { ts } = c;
  const generic = ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node) || ts.isExpressionWithTypeArguments(node);
  return generic ? node.typeArguments : undefined;
}

function parameterArgument(c: Conversion, hint: Hint): TypeArgument | undefined {
  if (hint.env.size === 0 || !c.ts.isTypeReferenceNode(hint.node)) return undefined;
  const symbol = c.checker.getSymbolAtLocation(hint.node.typeName);
  return symbol && hint.env.get(symbol);
}

/** Whether a node mentions a type parameter (or `this`) that is declared outside of it. */
function hasFreeParameters(c: Conversion, node: ts.TypeNode): boolean {
  const { ts, checker } = c;
  // Most types stand in no generic declaration: a look upwards is cheaper than one at every name inside.
  if (!isInGeneric(c, node) && !node.getSourceFile().text.slice(node.pos, node.end).includes("this")) return false;
  const isFree = (inner: ts.Node): boolean => {
    if (inner.kind === ts.SyntaxKind.ThisType) return true;
    if (ts.isIdentifier(inner)) {
      const symbol = checker.getSymbolAtLocation(inner);
      if (!symbol || !(symbol.flags & ts.SymbolFlags.TypeParameter)) return false;
      return !symbol.declarations?.some((declaration) => declaration.pos >= node.pos && declaration.end <= node.end);
    }
    return ts.forEachChild(inner, isFree) ?? false;
  };
  return isFree(node);
}

function isInGeneric(c: Conversion, node: ts.Node): boolean {
  const { ts } = c;
  for (let around: ts.Node = node; !ts.isSourceFile(around); around = around.parent) {
    if (ts.isMappedTypeNode(around) || ts.isConditionalTypeNode(around) || ts.isFunctionLike(around)) return true;
    if (ts.isInterfaceDeclaration(around) || ts.isTypeAliasDeclaration(around) || ts.isClassLike(around)) {
      return around.typeParameters !== undefined;
    }
  }
  return false;
}
