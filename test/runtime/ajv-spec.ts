import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonObject, Spec, ToolDefinition, Validator } from "../../src/runtime/spec.js";

/** A spec of a schema as the generator makes it, but judged by Ajv itself and sent as it stands. */
export function ajvSpec<T>(name: string, schema: JsonObject, decode: (wire: unknown) => unknown = (wire) => wire): Spec<T> {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const compiled = ajv.compile(schema);
  const validate: Validator = (value) => {
    const isValid = compiled(value);
    validate.errors = compiled.errors ?? null;
    return isValid;
  };
  const list = {
    type: "object",
    properties: { items: { type: "array", items: schema } },
    required: ["items"],
    additionalProperties: false,
  };
  return {
    name,
    wire: { one: tool(`extract_${name.toLowerCase()}`, schema), list: tool(`extract_${name.toLowerCase()}_list`, list) },
    decode,
    validate,
    instructions: `Extract a ${name}.`,
  };
}

function tool(name: string, parameters: JsonObject): ToolDefinition {
  return { type: "function", function: { name, strict: true, parameters } };
}
