import type { SchemaObject } from "../../read/schema-document.js";
import type { RuleContext } from "../context.js";
import type { Wire } from "../wire.js";
import { constraintWords } from "../words.js";

/** Adds to a description, in words, the constraints that are not sent: "… (at most 5 items, no duplicates)". */
export function constraintToDescription(schema: SchemaObject, wire: Wire, context: RuleContext): string | undefined {
  const sent = wire.kind === "scalar" && wire.sent !== undefined ? Object.keys(wire.sent) : [];
  const words = constraintWords(schema, sent);
  if (words.length === 0) return undefined;
  context.note("constraint-to-description", wire.origin, words.join(", "));
  return words.join(", ");
}

/** A description with a remark at its end. */
export function withRemark(description: string | undefined, remark: string | undefined): string | undefined {
  if (remark === undefined) return description;
  return description === undefined ? `${remark.slice(0, 1).toUpperCase()}${remark.slice(1)}.` : `${description} (${remark})`;
}

/** The keywords of a number or string that the profile lets through. */
export function sentConstraints(schema: SchemaObject, context: RuleContext): { readonly [keyword: string]: unknown } | undefined {
  const { numericBounds, pattern, format, stringLengths } = context.forms.switches;
  const names = [
    ...(numericBounds ? ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] : []),
    ...(pattern ? ["pattern"] : []),
    ...(format ? ["format"] : []),
    ...(stringLengths ? ["minLength", "maxLength"] : []),
  ];
  const found = Object.entries(schema).filter(([keyword]) => names.includes(keyword));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
