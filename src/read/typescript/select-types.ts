import type { ts } from "ts-morph";
import type { ExtractSettings } from "../schema-document.js";
import type { Conversion } from "./conversion.js";
import { constituents } from "./hints.js";
import { type CommentTag, commentOf } from "./js-doc.js";
import { declarationOf, nameNode } from "./named-type.js";
import type { RootType } from "./read-document.js";
import { readSettings } from "./read-settings.js";
import { type Passed, reportNoObjects } from "./report-no-objects.js";
import { ownName, pascalCase } from "./type-names.js";

/**
 * The types of a source file that get an extractor: those tagged `@extract`; where none is tagged, every exported object-like
 * type, unless the file exports functions or computed values (then it is a program, and only tags count).
 */
export function selectTypes(c: Conversion, file: ts.SourceFile): readonly RootType[] {
  const { checker } = c;
  const module = checker.getSymbolAtLocation(file);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const candidates = exported.flatMap((symbol) => candidate(c, file, symbol) ?? []);
  const tagged = candidates.filter(({ tag }) => tag !== undefined);
  reportUnexported(c, file, new Set(candidates.map(({ symbol }) => symbol)));
  if (exported.every((symbol) => isNamespaceOnly(c, symbol))) reportNothingExported(c, file);
  if (tagged.length > 0) return tagged.flatMap((one) => (isInstantiable(c, one, true) ? [rootType(c, one)] : []));
  const objects = candidates.filter((one) => one.isOwn && isObjectLike(c, one.symbol) && isInstantiable(c, one, false));
  if (objects.length === 0) reportNoObjects(c, passedOver(c, candidates));
  const value = exported.find((symbol) => isProgramValue(c, symbol));
  if (value === undefined) return objects.map((one) => rootType(c, one));
  const node = value.declarations?.[0];
  if (objects.length > 0 && node) c.report("read/ts-needs-tag", nameNode(c, node) ?? node, { name: value.name });
  return [];
}

function passedOver(c: Conversion, candidates: readonly Candidate[]): readonly Passed[] {
  return candidates.filter(({ isOwn }) => isOwn).map((one) => ({ ...one, isGeneric: !isInstantiable(c, one, false) }));
}

interface Candidate {
  readonly exportName: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
  readonly specifier: ts.Declaration | undefined;
  readonly tag: CommentTag | undefined;
  /** Declared here, or named in an export of this file from outside the project's sources. */
  readonly isOwn: boolean;
}

function candidate(c: Conversion, file: ts.SourceFile, exported: ts.Symbol): Candidate | undefined {
  const { ts, checker } = c;
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  if (!(symbol.flags & (ts.SymbolFlags.Type & ~ts.SymbolFlags.TypeParameter))) return undefined;
  const declaration = declarationOf(c, symbol);
  if (!declaration) return undefined;
  const specifier = exported.declarations?.find((node) => ts.isExportSpecifier(node));
  const tag = (specifier && extractTag(c, specifier)) ?? (declaration.getSourceFile() === file ? extractTag(c, declaration) : undefined);
  const isNamed = specifier !== undefined && declaration.getSourceFile().isDeclarationFile;
  return { exportName: exported.name, symbol, declaration, specifier, tag, isOwn: declaration.getSourceFile() === file || isNamed };
}

function rootType(c: Conversion, { exportName, symbol, declaration, specifier, tag }: Candidate): RootType {
  const settings: ExtractSettings = tag ? readSettings(c, tag) : {};
  const name = settings.name ?? (exportName === "default" ? ownName(c, symbol) : exportName);
  return { name: pascalCase(name), exportName, symbol, node: specifier ?? nameNode(c, declaration) ?? declaration, settings };
}

function extractTag(c: Conversion, declaration: ts.Node): CommentTag | undefined {
  return commentOf(c, declaration)?.tags.find((tag) => tag.name === "extract");
}

function isInstantiable(c: Conversion, { declaration, symbol }: Candidate, isTagged: boolean): boolean {
  const { ts } = c;
  const generic = ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassLike(declaration);
  const isGeneric = generic && (declaration.typeParameters?.length ?? 0) > 0;
  if (isGeneric && isTagged) c.report("read/ts-generic", nameNode(c, declaration) ?? declaration, { type: symbol.name });
  return !isGeneric;
}

/** Objects, and unions of nothing else. Arrays, scalars and functions take part in other types, and get an extractor by tag only. */
function isObjectLike(c: Conversion, symbol: ts.Symbol): boolean {
  const { ts, checker } = c;
  if (symbol.flags & ts.SymbolFlags.Enum) return false;
  const isObject = (type: ts.Type): boolean =>
    type.isIntersection()
      ? type.types.every(isObject)
      : Boolean(type.flags & ts.TypeFlags.Object) &&
        !checker.isArrayLikeType(type) &&
        type.getCallSignatures().length === 0 &&
        !(type.symbol && type.symbol.name !== "__type" && c.isLib(type.symbol));
  const parts = constituents(c, checker.getDeclaredTypeOfSymbol(symbol));
  return parts.length > 0 && parts.every(isObject);
}

/** A function, or a variable that is more than a literal constant. Classes and enums are types too, and don't make a program. */
function isProgramValue(c: Conversion, exported: ts.Symbol): boolean {
  const { ts, checker } = c;
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  if (symbol.flags & ts.SymbolFlags.Function) return true;
  if (!(symbol.flags & ts.SymbolFlags.Variable)) return false;
  const declaration = symbol.valueDeclaration;
  return !declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || !isConstant(c, declaration.initializer);
}

function isConstant(c: Conversion, node: ts.Expression): boolean {
  const { ts } = c;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return isConstant(c, node.expression);
  if (ts.isPrefixUnaryExpression(node)) return isConstant(c, node.operand);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((element) => isConstant(c, element));
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => ts.isPropertyAssignment(property) && isConstant(c, property.initializer));
  }
  const literal = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword, ts.SyntaxKind.BigIntLiteral];
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || literal.includes(node.kind);
}

/** `@extract` on what the file does not export: the generated code could not import it. */
function reportUnexported(c: Conversion, file: ts.SourceFile, exported: ReadonlySet<ts.Symbol>): void {
  const { ts, checker } = c;
  for (const statement of file.statements) {
    if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement) && !ts.isClassDeclaration(statement)) continue;
    if (!statement.name || extractTag(c, statement) === undefined) continue;
    const symbol = checker.getSymbolAtLocation(statement.name);
    const merged = symbol && checker.getExportSymbolOfSymbol(symbol);
    if (merged && !exported.has(merged)) c.report("read/ts-not-exported", statement.name, { name: statement.name.text });
  }
}

function isNamespaceOnly({ ts }: Conversion, { flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Namespace) !== 0 && (flags & ~ts.SymbolFlags.Namespace) === 0;
}

/** Types that nothing can import by name, in a file that exports nothing else: most likely an `export` was forgotten. */
function reportNothingExported(c: Conversion, file: ts.SourceFile): void {
  const { ts } = c;
  const names: string[] = [];
  let first: ts.Node | undefined;
  const visit = (statements: readonly ts.Statement[], prefix: string): void => {
    for (const statement of statements) {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
        first ??= statement.name;
        names.push(prefix + statement.name.text);
      } else if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
        visit(statement.body.statements, ts.isIdentifier(statement.name) ? `${prefix}${statement.name.text}.` : prefix);
      }
    }
  };
  visit(file.statements, "");
  if (first === undefined) return;
  const shown = names.slice(0, 5).map((name) => `\`${name}\``);
  c.report("read/ts-nothing-exported", first, { names: shown.join(", ") + (names.length > 5 ? `, and ${names.length - 5} more` : "") });
}
