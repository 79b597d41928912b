import type { RewriteRule } from "../context.js";
import { without } from "../json.js";

/** `const: x` → `enum: [x]`: says the same, and is the form every provider documents, also where a profile has `const`. */
export const constToEnum: RewriteRule = (schema, at, context) => {
  if (!Object.hasOwn(schema, "const")) return undefined;
  context.note("const-to-enum", at, "const is sent as an enum of one value");
  const rest = without(schema, "const");
  if (!Array.isArray(rest["enum"])) return { ...rest, enum: [schema["const"]] };
  return { ...without(rest, "enum"), allOf: [{ enum: rest["enum"] }, { enum: [schema["const"]] }, ...allOf(rest)] };
};

function allOf(schema: { readonly [keyword: string]: unknown }): readonly unknown[] {
  return Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
}
