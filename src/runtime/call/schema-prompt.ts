import type { JsonObject, ToolDefinition } from "../spec.js";
import { isObject } from "./is-object.js";

// One load for all that this mode needs.
export { readLenient } from "../lenient/read-lenient.js";

/**
 * The part of the system message that tells the model what JSON to answer with, for the mode in which the API only promises
 * JSON. As a TypeScript type: a third of the tokens of the JSON Schema, and models read it at least as well.
 */
export function schemaPrompt({ function: { parameters } }: ToolDefinition): string {
  const defs = isObject(parameters["$defs"]) ? parameters["$defs"] : {};
  const types = Object.entries(defs).map(([name, schema]) => `type ${typeNameOf(name)} = ${typeText(schema, "")};\n`);
  return `Answer with one JSON object of the type Answer and nothing else: no code fence, no comment.\n\n${types.join("")}type Answer = ${typeText(parameters, "")};`;
}

function typeText(schema: unknown, indent: string): string {
  if (!isObject(schema)) return schema === false ? "never" : "unknown";
  const { type, anyOf, items, prefixItems, $ref } = schema;
  if (typeof $ref === "string") return typeNameOf($ref.slice($ref.lastIndexOf("/") + 1));
  const { enum: values } = schema;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const branches = anyOf ?? schema["oneOf"];
  if (Array.isArray(branches)) return branches.map((branch) => typeText(branch, indent)).join(" | ");
  if (Array.isArray(type)) return type.map((one) => typeText({ ...schema, type: one }, indent)).join(" | ");
  if (isObject(schema["properties"]) || type === "object") return objectText(schema, indent);
  if (Array.isArray(prefixItems)) return `[${prefixItems.map((item) => typeText(item, indent)).join(", ")}]`;
  if (type === "array") return `(${typeText(items, indent)})[]`.replace(/^\(([\w.]+)\)/, "$1");
  // JSON has one kind of number; that it is whole has to be said.
  if (type === "integer") return "number /* whole */";
  return typeof type === "string" ? type : "unknown";
}

function objectText(schema: JsonObject, indent: string): string {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([key, member]) => {
    const note = isObject(member) && typeof member["description"] === "string" ? commentText(member["description"], inner) : "";
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    return `${note}${inner}${name}${required.includes(key) ? "" : "?"}: ${typeText(member, inner)};\n`;
  });
  const rest = schema["additionalProperties"];
  if (isObject(rest)) lines.push(`${inner}[key: string]: ${typeText(rest, inner)};\n`);
  return lines.length === 0 ? (rest === false ? "{}" : "{ [key: string]: unknown }") : `{\n${lines.join("")}${indent}}`;
}

function commentText(text: string, indent: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `${indent}// ${line}\n`)
    .join("");
}

function typeNameOf(name: string): string {
  return name
    .replace(/~1/g, "/")
    .replace(/~0/g, "~")
    .replace(/[^\w$]+/g, "_")
    .replace(/^(?=\d)/, "_");
}
