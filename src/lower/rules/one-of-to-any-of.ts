import type { RewriteRule } from "../context.js";
import { schemaList, without } from "../json.js";

/** `oneOf` → `anyOf`, also where a profile has `oneOf`: allows more where branches overlap, which the validator refuses afterwards. */
export const oneOfToAnyOf: RewriteRule = (schema, at, context) => {
  if (!Array.isArray(schema["oneOf"])) return undefined;
  context.note("one-of-to-any-of", at, "oneOf is sent as anyOf; that only one branch fits is checked afterwards");
  const branches = schemaList(schema["oneOf"]);
  const rest = without(schema, "oneOf");
  if (!Array.isArray(rest["anyOf"])) return { ...rest, anyOf: branches };
  const own = Array.isArray(rest["allOf"]) ? rest["allOf"] : [];
  return { ...rest, allOf: [...own, { anyOf: branches }] };
};
