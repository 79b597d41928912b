import type { SchemaObject } from "../read/schema-document.js";
import type { AcceptedForms } from "./accepted-forms.js";
import type { LoweredSchema } from "./lowering.js";
import { measure } from "./measure.js";

/** Says whether the provider can be held to a schema, and if not, why. */
export function judge(schema: SchemaObject, { limits }: AcceptedForms): LoweredSchema {
  const size = measure(schema);
  const reasons = [
    ...(size.depth === Number.POSITIVE_INFINITY ? ["lower/recursion"] : []),
    ...(size.depth !== Number.POSITIVE_INFINITY && size.depth > limits.depth ? ["lower/too-deep"] : []),
    ...(size.characters > limits.characters ? ["lower/too-long"] : []),
    ...(size.properties > limits.properties ? ["lower/too-many-properties"] : []),
    ...(size.enumValues > limits.enumValues ? ["lower/too-many-enum-values"] : []),
  ];
  return { schema, strict: reasons.length === 0, reasons, size };
}
