import type { Spec, ToolDefinition, ValidationFailure, Validator } from "../../src/runtime/spec.js";

export interface User {
  readonly name: string;
  readonly age: number;
}

const parameters = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};

function tool(name: string, schema: ToolDefinition["function"]["parameters"]): ToolDefinition {
  return { type: "function", function: { name, description: "A person named in the text.", strict: true, parameters: schema } };
}

/** What the generator would write for User: failures as Ajv gives them. */
const validate: Validator = (value) => {
  const errors: ValidationFailure[] = [];
  const at = (instancePath: string, keyword: string, params: Readonly<Record<string, unknown>>): void =>
    void errors.push({ instancePath, schemaPath: `#/${keyword}`, keyword, params });
  if (typeof value !== "object" || value === null || Array.isArray(value)) at("", "type", { type: "object" });
  else {
    const { name, age, ...rest } = value as Record<string, unknown>;
    if (name === undefined) at("", "required", { missingProperty: "name" });
    else if (typeof name !== "string") at("/name", "type", { type: "string" });
    if (age === undefined) at("", "required", { missingProperty: "age" });
    else if (!Number.isInteger(age)) at("/age", "type", { type: "integer" });
    for (const additionalProperty of Object.keys(rest)) at("", "additionalProperties", { additionalProperty });
  }
  validate.errors = errors;
  return errors.length === 0;
};

export const userSpec: Spec<User> = {
  name: "User",
  wire: {
    one: tool("extract_user", parameters),
    list: tool("extract_user_list", {
      type: "object",
      properties: { items: { type: "array", items: parameters } },
      required: ["items"],
      additionalProperties: false,
    }),
  },
  decode: (wire) => wire,
  validate,
  instructions: "Extract a User from the text.",
};
