import type { ToolDefinition } from "../spec.js";

/** The part of the system message that tells the model, in words, what JSON to answer with. */
export function schemaPrompt(tool: ToolDefinition): string {
  const { description, parameters } = tool.function;
  return `Answer with one JSON object and nothing else${description ? ` (${description})` : ""}. Its JSON Schema: ${JSON.stringify(parameters)}`;
}
