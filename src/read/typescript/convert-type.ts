import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import type { Conversion, Hint, Spot } from "./conversion.js";
import { convertIntersection } from "./convert-intersection.js";
import { convertObject } from "./convert-object.js";
import { convertTuple } from "./convert-tuple.js";
import { convertUnion } from "./convert-union.js";
import { unwrapHint } from "./hints.js";
import { noJsonForm } from "./no-json-form.js";
import { dateSchema } from "./runtime-class.js";
import { stringMappingPattern, templatePattern } from "./template-pattern.js";

/** The schema of a type itself, its own name aside; what is inside may be a `$ref`. */
export function convertBody(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
  const { TypeFlags } = c.ts;
  const { flags } = type;
  if (flags & TypeFlags.Any) return convertAny(c, type, spot);
  if (flags & TypeFlags.Unknown) return untyped(c, "unknown", spot);
  if (flags & TypeFlags.Boolean) return { type: "boolean" };
  const literal = convertLiteral(c, type);
  if (literal) return literal;
  if (flags & TypeFlags.Union) return convertUnion(c, type, spot);
  if (flags & TypeFlags.Intersection) return convertIntersection(c, type, spot);
  if (flags & TypeFlags.TemplateLiteral) return { type: "string", pattern: templatePattern(c, type as ts.TemplateLiteralType) };
  if (flags & TypeFlags.StringMapping) return { type: "string", pattern: stringMappingPattern(type as ts.StringMappingType) };
  if (flags & TypeFlags.String) return { type: "string" };
  // A member of an enum whose value is worked out (`"x".length`) is a number that nobody has written down.
  if (flags & (TypeFlags.Number | TypeFlags.Enum)) return { type: "number" };
  if (flags & TypeFlags.Null) return { type: "null" };
  if (flags & TypeFlags.NonPrimitive) return { ...untyped(c, "object", spot), type: "object", additionalProperties: true };
  if (flags & TypeFlags.Object) return convertObjectLike(c, type, spot);
  if (flags & (TypeFlags.Instantiable | TypeFlags.Index)) {
    c.report("read/ts-generic", spot.node, { type: c.checker.typeToString(type) });
    return {};
  }
  return noJsonForm(c, c.checker.typeToString(type), spot);
}

function convertLiteral(c: Conversion, type: ts.Type): SchemaObject | undefined {
  const { TypeFlags } = c.ts;
  if (type.isStringLiteral()) return { type: "string", const: type.value };
  if (type.isNumberLiteral()) return { type: Number.isInteger(type.value) ? "integer" : "number", const: type.value };
  if (type.flags & TypeFlags.BooleanLiteral) return { type: "boolean", const: c.checker.typeToString(type) === "true" };
  return undefined;
}

function convertAny(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
  // The checker's error types are an `any` of another name; nothing public tells them apart.
  const { intrinsicName } = type as ts.Type & { readonly intrinsicName?: string };
  if (intrinsicName !== "any") {
    c.report("read/ts-unresolved-type", spot.node, { type: spot.node.getText() });
    return {};
  }
  return untyped(c, "any", spot);
}

function untyped(c: Conversion, type: string, spot: Spot): SchemaObject {
  c.report("read/ts-untyped", spot.node, { type });
  return {};
}

function convertObjectLike(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
  const { checker } = c;
  if (checker.isTupleType(type)) return convertTuple(c, type as ts.TupleTypeReference, spot);
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    const hint = spot.hint && elementHint(c, spot.hint);
    return { type: "array", items: item ? c.convert(item, { node: hint?.node ?? spot.node, hint }) : {} };
  }
  if (type.symbol && c.isLib(type.symbol)) {
    if (type.symbol.name === "Date") return dateSchema();
    if (type.symbol.name !== "__type") return noJsonForm(c, checker.typeToString(type), spot);
  }
  return convertObject(c, type, spot);
}

function elementHint(c: Conversion, hint: Hint): Hint | undefined {
  const { ts } = c;
  const { node, env } = unwrapHint(c, hint);
  if (ts.isArrayTypeNode(node)) return { node: node.elementType, env };
  const [argument] = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
  return argument && { node: argument, env };
}
