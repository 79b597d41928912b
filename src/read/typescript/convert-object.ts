import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import { applyComment } from "./apply-comment.js";
import type { Conversion, Hint, Spot } from "./conversion.js";
import { noArguments } from "./conversion.js";
import { constituents, mayBeAbsent, typeOfHint, unwrapHint } from "./hints.js";
import { commentOf } from "./js-doc.js";
import { type Member, objectMembers } from "./object-members.js";
import { propertyDeclaration } from "./property-declaration.js";
import { convertRuntimeClass } from "./runtime-class.js";
import { stringMappingPattern, templatePattern } from "./template-pattern.js";
import { sortBy } from "./written-order.js";

/** An object type: its public data as `properties`, in written order, and its index signature as `additionalProperties`. */
export function convertObject(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
  const { checker } = c;
  if (isCallable(c, type)) {
    c.report("read/ts-no-json", spot.node, { type: "A function" });
    return {};
  }
  const runtime = convertRuntimeClass(c, type, spot);
  if (runtime) return runtime;
  const properties: [string, SchemaObject][] = [];
  const required: string[] = [];
  for (const member of objectMembers(c, type, spot.hint)) {
    const property = convertProperty(c, member, spot);
    if (property === undefined) continue;
    properties.push([member.symbol.name, property.schema]);
    if (property.required) required.push(member.symbol.name);
  }
  const open = indexKeywords(c, checker.getIndexInfosOfType(type), spot);
  return {
    type: "object",
    ...((properties.length > 0 || !("additionalProperties" in open)) && { properties: ownProperties(properties) }),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...open,
    ...(properties.length > 0 &&
      open.additionalProperties !== undefined &&
      open.additionalProperties !== false && { "x-extract": { open: true } }),
  };
}

/** As an object of own members, `__proto__` included. */
function ownProperties(entries: readonly [string, SchemaObject][]): SchemaObject {
  return Object.fromEntries(entries);
}

interface ConvertedProperty {
  readonly schema: SchemaObject;
  readonly required: boolean;
}

function convertProperty(c: Conversion, { symbol, env }: Member, spot: Spot): ConvertedProperty | undefined {
  const { ts, checker } = c;
  const declaration = propertyDeclaration(symbol);
  const type = checker.getTypeOfSymbol(symbol);
  const node = (declaration && ts.getNameOfDeclaration(declaration)) ?? declaration ?? spot.node;
  const optional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
  const kinds = constituents(c, type);
  // `a: undefined` is to JSON a key that is never there.
  if (kinds.length === 0) return undefined;
  if (kinds.every((kind) => kind.flags & ts.TypeFlags.Never)) return optional ? undefined : impossible(c, symbol, node);
  const comment = declaration && commentOf(c, declaration);
  const skipped = comment?.tags.some((tag) => tag.name === "skip");
  if (kinds.some((kind) => isCallable(c, kind))) {
    if (!skipped || !optional) c.report(isMethod(c, declaration) ? "read/ts-method" : "read/ts-function", node, { name: symbol.name });
    return undefined;
  }
  const written = declaration && writtenType(c, declaration);
  const hint = written ? { node: written, env } : valueHint(c, spot.hint);
  const converted = c.convert(type, { node: written ?? node, hint });
  const schema = comment ? applyComment(c, converted, comment) : converted;
  c.place(schema, node);
  return { schema, required: !optional && !mayBeAbsent(c, type) };
}

function isCallable(c: Conversion, type: ts.Type): boolean {
  if (!(type.flags & (c.ts.TypeFlags.Object | c.ts.TypeFlags.Intersection))) return false;
  return type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
}

function impossible(c: Conversion, symbol: ts.Symbol, node: ts.Node): undefined {
  c.report("read/ts-no-json", node, { type: `${symbol.name}: ${c.checker.typeToString(c.checker.getTypeOfSymbol(symbol))}` });
}

function isMethod(c: Conversion, declaration: ts.Declaration | undefined): boolean {
  return declaration !== undefined && (c.ts.isMethodDeclaration(declaration) || c.ts.isMethodSignature(declaration));
}

function writtenType(c: Conversion, declaration: ts.Declaration): ts.TypeNode | undefined {
  const { ts } = c;
  const typed =
    ts.isPropertySignature(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isGetAccessorDeclaration(declaration);
  return typed ? declaration.type : undefined;
}

/** What was written for the values of `Record<K, V>`, `Partial<Record<K, V>>` or `{ [P in K]: V }`. */
function valueHint(c: Conversion, hint: Hint | undefined): Hint | undefined {
  if (!hint) return undefined;
  const { ts } = c;
  const { node, env } = unwrapHint(c, hint);
  if (ts.isMappedTypeNode(node)) return node.type && { node: node.type, env };
  if (!ts.isTypeReferenceNode(node) || !node.typeArguments) return undefined;
  const [first, second] = node.typeArguments;
  if (ts.isIdentifier(node.typeName) && node.typeName.text === "Record") return second && { node: second, env };
  return first && node.typeArguments.length === 1 ? valueHint(c, { node: first, env }) : undefined;
}

function indexKeywords(c: Conversion, infos: readonly ts.IndexInfo[], spot: Spot): SchemaObject {
  const { TypeFlags } = c.ts;
  const patterns: [string, SchemaObject][] = [];
  let additional: SchemaObject | undefined;
  // Those of a mapped type come in the checker's order, which other files can change.
  for (const info of sortBy(infos, ({ declaration, keyType }) => [declaration?.pos ?? -1, c.checker.typeToString(keyType)])) {
    // `Record<string, never>` is how an object without members is written.
    if (info.keyType.flags & TypeFlags.ESSymbolLike || info.type.flags & TypeFlags.Never) continue;
    const written = info.declaration && c.ts.isIndexSignatureDeclaration(info.declaration) ? info.declaration.type : undefined;
    const hint = written ? { node: written, env: spot.hint?.env ?? noArguments } : valueHint(c, spot.hint);
    const trusted = hint && typeOfHint(c, hint) === info.type ? hint : undefined;
    const isUnknown = Boolean(info.type.flags & (TypeFlags.Any | TypeFlags.Unknown));
    const schema = isUnknown ? {} : c.convert(info.type, { node: written ?? spot.node, hint: trusted });
    if (isAnyText(c, info.keyType)) additional = schema;
    else patterns.push([keyPattern(c, info.keyType), schema]);
  }
  // `keyof any` brings an index of numbers beside that of all texts, which says it already.
  const apart = patterns.filter(([, schema]) => JSON.stringify(schema) !== JSON.stringify(additional));
  return {
    ...(apart.length > 0 && { patternProperties: Object.fromEntries(apart) }),
    ...(additional && { additionalProperties: additional }),
  };
}

/** `string`, also with a brand (`Record<UserId, User>`) or as the open end of a list of usual keys (`string & {}`). */
function isAnyText(c: Conversion, key: ts.Type): boolean {
  return key.isIntersection() ? key.types.some((part) => isAnyText(c, part)) : Boolean(key.flags & c.ts.TypeFlags.String);
}

function keyPattern(c: Conversion, key: ts.Type): string {
  const { TypeFlags } = c.ts;
  if (key.isIntersection()) return key.types.map((part) => keyPattern(c, part)).find((pattern) => pattern !== "") ?? "";
  if (key.flags & TypeFlags.Number) return String.raw`^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$`;
  if (key.flags & TypeFlags.StringMapping) return stringMappingPattern(key as ts.StringMappingType);
  return key.flags & TypeFlags.TemplateLiteral ? templatePattern(c, key as ts.TemplateLiteralType) : "";
}
