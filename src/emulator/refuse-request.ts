import { badRequest, contextLengthExceeded, modelNotFound, unsupportedProperty, type ApiError } from "./api-error.js";
import { countParts, member } from "./chat-request.js";
import { isFields, type Fields } from "../samples/fields.js";
import { allReasoningFormats, findModel } from "./models.js";
import { refuseMessages } from "./refuse-messages.js";
import { refuseFormat, refuseTools } from "./refuse-schemas.js";

/** Body fields the API takes: the SDK's parameters of 2026-07 without those removed on 2026-07-21. */
const bodyFields: ReadonlySet<string> = new Set([
  "clear_thinking",
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "max_completion_tokens",
  "max_tokens",
  "messages",
  "min_completion_tokens",
  "min_tokens",
  "model",
  "model_parameters",
  "n",
  "parallel_tool_calls",
  "prediction",
  "presence_penalty",
  "prompt_cache_key",
  "reasoning_effort",
  "reasoning_format",
  "response_format",
  "seed",
  "service_tier",
  "stop",
  "stream",
  "stream_options",
  "temperature",
  "tool_choice",
  "tools",
  "top_logprobs",
  "top_p",
  "user",
]);

const serviceTiers: readonly unknown[] = ["auto", "default", "flex", "priority"];

/** What Cerebras would refuse a chat-completions body for, or nothing. `further`: model ids served beside the known ones. */
export function refuseRequest(body: unknown, further: readonly string[]): ApiError | undefined {
  if (!isFields(body)) return badRequest("Invalid JSON body.", "validation_error");
  return (
    refuseShape(body, further) ??
    refuseMessages(body["messages"], findModel(String(body["model"]), further)?.vision ?? false) ??
    refuseReasoning(body) ??
    refusePrediction(body) ??
    refuseTools(body) ??
    refuseFormat(body) ??
    refuseLength(body)
  );
}

function refuseShape(body: Fields, further: readonly string[]): ApiError | undefined {
  const unknown = Object.keys(body).find((key) => !bodyFields.has(key));
  if (unknown !== undefined) return unsupportedProperty(unknown);
  if (typeof body["model"] !== "string") return badRequest("body.model: property 'body.model' is missing", "validation_error");
  if (!findModel(body["model"], further)) return modelNotFound(body["model"]);
  if (typeof body["max_tokens"] === "number" && typeof body["max_completion_tokens"] === "number") {
    return badRequest("'max_tokens' and 'max_completion_tokens' cannot be used together", "max_tokens");
  }
  return (
    refuseRange(body, "temperature", [0, 2]) ??
    refuseRange(body, "top_p", [0, 1]) ??
    refuseRange(body, "top_logprobs", [0, 20]) ??
    (typeof body["top_logprobs"] === "number" && body["logprobs"] !== true
      ? badRequest("'logprobs' must be true when 'top_logprobs' is used", "top_logprobs")
      : undefined) ??
    refuseRange(body, "max_completion_tokens", [1, 131_072]) ??
    (Array.isArray(body["stop"]) && body["stop"].length > 4 ? badRequest("'stop' takes at most 4 sequences", "stop") : undefined) ??
    (serviceTiers.includes(body["service_tier"] ?? "auto")
      ? undefined
      : badRequest("Input should be 'auto', 'default', 'flex' or 'priority'", "service_tier"))
  );
}

function refuseRange(body: Fields, key: string, [low, high]: readonly [number, number]): ApiError | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && value >= low && value <= high) return undefined;
  return badRequest(`Input should be between ${low} and ${high}`, key);
}

function refuseReasoning(body: Fields): ApiError | undefined {
  const effort = body["reasoning_effort"];
  const model = findModel(String(body["model"]), []);
  if (effort !== undefined && effort !== null) {
    const known = typeof effort === "string" && ["none", "low", "medium", "high"].includes(effort);
    if (!known) return badRequest("Input should be 'none', 'low', 'medium' or 'high'", "reasoning_effort");
    if (model && !model.efforts.includes(effort)) {
      return badRequest(`reasoning_effort '${effort}' is not supported by model ${model.id}`, "reasoning_effort");
    }
  }
  const format = body["reasoning_format"];
  if (format === undefined || format === null) return undefined;
  if (typeof format !== "string" || !allReasoningFormats.some((known) => known === format)) {
    return badRequest("Input should be 'none', 'parsed', 'text_parsed', 'raw' or 'hidden'", "reasoning_format");
  }
  if (model && !model.formats.includes(format)) {
    return badRequest(`reasoning_format '${format}' is not supported by model ${model.id}`, "reasoning_format");
  }
  const type = member(body["response_format"], "type");
  if (format === "raw" && (type === "json_object" || type === "json_schema")) {
    return badRequest("reasoning_format 'raw' is incompatible with JSON response formats", "reasoning_format");
  }
  return undefined;
}

/** Predicted outputs go with neither tools nor log probabilities nor several choices (documented; the wording is not recorded). */
function refusePrediction(body: Fields): ApiError | undefined {
  if (body["prediction"] === undefined || body["prediction"] === null) return undefined;
  const beside = [
    Array.isArray(body["tools"]) && body["tools"].length > 0 ? "tools" : undefined,
    body["logprobs"] === true ? "logprobs" : undefined,
    typeof body["n"] === "number" && body["n"] > 1 ? "n" : undefined,
  ].find((key) => key !== undefined);
  return beside === undefined ? undefined : badRequest(`"prediction" is incompatible with "${beside}"`, "prediction");
}

function refuseLength(body: Fields): ApiError | undefined {
  const limit = findModel(String(body["model"]), [])?.contextLength ?? 131_072;
  const length = countParts(body["messages"], body["tools"], body["response_format"]);
  return length > limit ? contextLengthExceeded(length, limit) : undefined;
}
