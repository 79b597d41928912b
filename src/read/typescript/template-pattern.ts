import type { ts } from "ts-morph";
import type { Conversion } from "./conversion.js";

/** A template literal type as a regular expression: `` `user-${number}` `` → `^user-…$`. */
export function templatePattern(c: Conversion, type: ts.TemplateLiteralType): string {
  return `^${templateBody(c, type)}$`;
}

/** `Uppercase<string>` and its like: strings that the mapping leaves as they are. */
export function stringMappingPattern(type: ts.StringMappingType): string {
  return `^${mappingBody(type)}$`;
}

function templateBody(c: Conversion, type: ts.TemplateLiteralType): string {
  return type.texts.map((text, index) => escapeText(text) + (type.types[index] ? placeBody(c, type.types[index]) : "")).join("");
}

function placeBody(c: Conversion, type: ts.Type): string {
  const { TypeFlags } = c.ts;
  if (type.flags & TypeFlags.TemplateLiteral) return templateBody(c, type as ts.TemplateLiteralType);
  if (type.flags & TypeFlags.StringMapping) return mappingBody(type as ts.StringMappingType);
  if (type.flags & TypeFlags.Number) return String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
  if (type.flags & TypeFlags.BigInt) return String.raw`-?(?:0|[1-9]\d*)`;
  if (type.isUnion()) return `(?:${type.types.map((member) => placeBody(c, member)).join("|")})`;
  if (type.isStringLiteral() || type.isNumberLiteral()) return escapeText(String(type.value));
  return String.raw`[\s\S]*`;
}

function mappingBody(type: ts.StringMappingType): string {
  switch (type.symbol.name) {
    case "Uppercase":
      return String.raw`\P{Ll}*`;
    case "Lowercase":
      return String.raw`\P{Lu}*`;
    case "Capitalize":
      return String.raw`(?:\P{Ll}[\s\S]*)?`;
    case "Uncapitalize":
      return String.raw`(?:\P{Lu}[\s\S]*)?`;
    default:
      return String.raw`[\s\S]*`;
  }
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`);
}
