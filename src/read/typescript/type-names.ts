import type { ts } from "ts-morph";
import type { Conversion, Hint } from "./conversion.js";
import { declarationOf, type NamedType } from "./named-type.js";
import { writtenOrder } from "./written-order.js";

/** Keys and unique names of the named types of one document. */
export class TypeNames {
  readonly #numbers = new Map<ts.Symbol | ts.Type, number>();
  readonly #taken = new Set<string>();

  /** Equal for equal types. */
  key({ symbol, typeArguments }: NamedType): string {
    return [symbol, ...typeArguments].map((part) => this.#number(part)).join(",");
  }

  /** `Paged<User>` → `PagedOfUser`; a name that is taken gets a number. */
  name(c: Conversion, named: NamedType): string {
    const own = ownName(c, named.symbol);
    const given = tellingArguments(c, named);
    const name =
      given.length === 0 ? own : `${own}Of${given.map((type, index) => argumentName(c, type, argumentHint(c, named, index))).join("And")}`;
    return this.#free(name);
  }

  /** For a type without a name: `Partial<User>` → `PartialOfUser`. */
  nameless(c: Conversion, type: ts.Type): string {
    const given = (type.aliasTypeArguments ?? []).map((argument) => argumentName(c, argument, undefined)).join("And");
    return this.#free(type.aliasSymbol ? `${type.aliasSymbol.name}Of${given}` : "Inner");
  }

  #free(name: string): string {
    let free = name;
    for (let count = 2; this.#taken.has(free); count += 1) free = `${name}${count}`;
    this.#taken.add(free);
    return free;
  }

  #number(part: ts.Symbol | ts.Type): number {
    const known = this.#numbers.get(part);
    if (known !== undefined) return known;
    this.#numbers.set(part, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** The symbol's name; that of a default export without one is its file's. */
export function ownName(c: Conversion, symbol: ts.Symbol): string {
  if (symbol.name !== "default") return symbol.name;
  const [declaration] = symbol.declarations ?? [];
  const name = declaration && c.ts.getNameOfDeclaration(declaration);
  if (name && c.ts.isIdentifier(name) && name.text !== "default") return name.text;
  const file = declaration?.getSourceFile().fileName.split("/").pop() ?? "Default";
  return pascalCase(file.replace(/\.[^.]+$/, ""));
}

export function pascalCase(text: string): string {
  const words = text.split(/[^\p{L}\p{N}_$]+/u).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Arguments without the last ones that are merely the defaults. */
function tellingArguments(c: Conversion, { symbol, typeArguments }: NamedType): readonly ts.Type[] {
  const declaration = declarationOf(c, symbol);
  const { ts, checker } = c;
  const isGeneric =
    declaration && (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassLike(declaration));
  const parameters = (isGeneric && declaration.typeParameters) || [];
  const defaults = [...parameters].map((parameter) => parameter.default && checker.getTypeFromTypeNode(parameter.default));
  let count = typeArguments.length;
  while (count > 0 && typeArguments[count - 1] === defaults[count - 1]) count -= 1;
  return typeArguments.slice(0, count);
}

function argumentHint(c: Conversion, { hint }: NamedType, index: number): Hint | undefined {
  const { ts } = c;
  if (!hint || !(ts.isTypeReferenceNode(hint.node) || ts.isImportTypeNode(hint.node))) return undefined;
  const node = hint.node.typeArguments?.[index];
  return node && { node, env: hint.env };
}

function argumentName(c: Conversion, type: ts.Type, hint: Hint | undefined, depth = 0): string {
  const { checker, ts } = c;
  const inner = (types: readonly ts.Type[], word: string): string =>
    types.map((part) => argumentName(c, part, undefined, depth + 1)).join(word);
  if (depth > 4) return "Type";
  if (type.aliasSymbol && !c.isLib(type.aliasSymbol)) {
    const given = tellingArguments(c, { symbol: type.aliasSymbol, type, typeArguments: type.aliasTypeArguments ?? [], hint: undefined });
    return ownName(c, type.aliasSymbol) + (given.length > 0 ? `Of${inner(given, "And")}` : "");
  }
  if (checker.isTupleType(type)) return "Tuple";
  if (checker.isArrayType(type)) return `${inner(checker.getTypeArguments(type as ts.TypeReference), "")}List`;
  if (type.isStringLiteral() || type.isNumberLiteral()) return pascalCase(String(type.value)).slice(0, 24) || "Literal";
  if (type.flags & ts.TypeFlags.Boolean) return "Boolean";
  if (type.isUnion()) return type.types.length > 4 ? "Union" : inner(writtenOrder(c, type.types, hint), "Or");
  const { symbol } = type;
  if (symbol && !symbol.name.startsWith("__")) {
    const count = (type as ts.TypeReference).target?.typeParameters?.length ?? 0;
    const typeArguments = count > 0 ? checker.getTypeArguments(type as ts.TypeReference).slice(0, count) : [];
    const given = tellingArguments(c, { symbol, type, typeArguments, hint: undefined });
    return ownName(c, symbol) + (given.length > 0 ? `Of${inner(given, "And")}` : "");
  }
  if (type.flags & ts.TypeFlags.Object) return "Object";
  return pascalCase(checker.typeToString(type)).slice(0, 24) || "Type";
}
