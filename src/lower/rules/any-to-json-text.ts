import type { ShapeRule } from "../context.js";

/** A place where any JSON may stand → string that holds JSON text. */
export const anyToJsonText: ShapeRule = (schema, at, context) => {
  const type = schema["type"];
  if (type !== undefined && type !== "object") return undefined;
  context.note("any-to-json-text", at, type === "object" ? "any object is sent as JSON text" : "any JSON is sent as JSON text");
  context.report("lower/any-to-json-text", at, { what: type === "object" ? "an object of any form" : "any JSON" });
  return { kind: "json", origin: at, ...(type === "object" && { of: ["object"] }) };
};
