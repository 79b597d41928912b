import { cerebras } from "../profiles/cerebras.js";
import { badRequest, type ApiError } from "./api-error.js";
import { member, readChatRequest } from "./chat-request.js";
import { isFields, type Fields } from "../samples/fields.js";
import { checkSchema } from "./schema-checker.js";

/** What Cerebras would refuse `tools` and `tool_choice` for. */
export function refuseTools(body: Fields): ApiError | undefined {
  const { tools, tool_choice: choice } = body;
  if (tools === undefined || tools === null || (Array.isArray(tools) && tools.length === 0)) {
    // Recorded 2026-08-26; documented for version patch 2. "none" asks for nothing.
    return choice === undefined || choice === null || choice === "none"
      ? undefined
      : badRequest("'tool_choice' is only allowed when 'tools' are specified", "tool_choice");
  }
  if (!Array.isArray(tools)) return badRequest("tools: Input should be a valid list", "validation_error");
  // Recorded 2026-08-29, with any response_format.
  if (isFields(body["response_format"])) return badRequest('"tools" is incompatible with "response_format"', "tools");
  for (const [index, tool] of tools.entries()) {
    const refusal = refuseTool(tool, index);
    if (refusal) return refusal;
  }
  const stricts = new Set(tools.map((tool) => member(member(tool, "function"), "strict") === true));
  if (stricts.size > 1) {
    return badRequest(
      "Tools with mixed values for 'strict' are not allowed. Please set all tools to 'strict: true' or 'strict: false'",
      "tools",
    );
  }
  return refuseChoice(body) ?? refuseParameters(body);
}

function refuseTool(tool: unknown, index: number): ApiError | undefined {
  const name = member(member(tool, "function"), "name");
  if (member(tool, "type") !== "function" || typeof name !== "string") {
    return badRequest(`tools.${index}.function.name: Field required`, "validation_error");
  }
  const limit = cerebras.tools.limits.nameCharacters.value;
  if (name.length > limit || !/^[A-Za-z0-9_-]+$/.test(name)) {
    return badRequest(`tools.${index}.function.name: must be at most ${limit} characters of A-Z, a-z, 0-9, '_' and '-'`, "tools");
  }
  return undefined;
}

function refuseChoice(body: Fields): ApiError | undefined {
  const choice = body["tool_choice"];
  if (choice === undefined || choice === null || choice === "none" || choice === "auto" || choice === "required") return undefined;
  const name = member(member(choice, "function"), "name");
  if (member(choice, "type") !== "function" || typeof name !== "string") {
    return badRequest("Input should be 'none', 'auto', 'required' or a function choice", "tool_choice");
  }
  if (readChatRequest(body).tools.some((tool) => tool.name === name)) return undefined;
  return badRequest(`Tool '${name}' of 'tool_choice' is not present in the tools list.`, "tool_choice");
}

function refuseParameters(body: Fields): ApiError | undefined {
  for (const { strict, parameters } of readChatRequest(body).tools) {
    const complaint = strict
      ? checkSchema(parameters, cerebras.tools)
      : isFields(parameters)
        ? undefined
        : "JSON schema must be an object.";
    if (complaint !== undefined) return badRequest(complaint, "tools");
  }
  return undefined;
}

/** What Cerebras would refuse `response_format` for. */
export function refuseFormat(body: Fields): ApiError | undefined {
  const format = body["response_format"];
  if (format === undefined || format === null) return undefined;
  const type = member(format, "type");
  if (type === "text" || type === "json_object") return undefined;
  if (type !== "json_schema") return badRequest("Input should be 'text', 'json_object' or 'json_schema'", "response_format");
  const inner = member(format, "json_schema");
  if (typeof member(inner, "name") !== "string") return badRequest("response_format.json_schema.name: Field required", "response_format");
  const schema = member(inner, "schema");
  if (!isFields(schema)) return badRequest("response_format.json_schema.schema: Field required", "response_format");
  const complaint = member(inner, "strict") === true ? checkSchema(schema, cerebras.json_schema) : undefined;
  return complaint === undefined ? undefined : badRequest(complaint, "response_format");
}
