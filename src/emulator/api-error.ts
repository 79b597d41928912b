/** A refusal as Cerebras sends it: a status and a flat body. */
export interface ApiError {
  readonly status: number;
  readonly body: ApiErrorBody;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiErrorBody {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string;
}

/** 400 for a request that is wrong in itself. `param` names the part; `validation_error` where it is the body's shape. */
export function badRequest(message: string, param: string): ApiError {
  return { status: 400, body: { message, type: "invalid_request_error", param, code: "wrong_api_format" } };
}

/** A property that the API does not know. Envelope recorded for assistant history, 2026-07-02. */
export function unsupportedProperty(path: string): ApiError {
  return badRequest(`${path}: property '${path}' is unsupported`, "validation_error");
}

/** 401. Only the code is recorded; the rest follows the other envelopes. */
export function wrongKey(): ApiError {
  return { status: 401, body: { message: "Wrong API Key", type: "invalid_request_error", param: "api_key", code: "wrong_api_key" } };
}

export function modelNotFound(model: string): ApiError {
  const message = `Model ${model} does not exist or you do not have access to it.`;
  return { status: 404, body: { message, type: "not_found_error", param: "model", code: "model_not_found" } };
}

/** Only the code is recorded. */
export function contextLengthExceeded(length: number, limit: number): ApiError {
  const message = `Please reduce the length of the messages or completion. Current length is ${length} while limit is ${limit}`;
  return { status: 400, body: { message, type: "invalid_request_error", param: "messages", code: "context_length_exceeded" } };
}

/** The bodies by status and code; the first of a status is its default. Those of 402, 403, 408, 413, 422, 500 and 503 are not recorded. */
const bodies: readonly { readonly status: number; readonly body: ApiErrorBody }[] = [
  {
    status: 400,
    body: {
      message: "Failed to generate tool_calls. Exception: Failed to generate tool call but tool_choice = 'required'.",
      type: "generation_error",
      param: "",
      code: "parser_error",
    },
  },
  {
    status: 400,
    body: {
      message: "Unsupported JSON schema fields in schema with keys: dict_keys(['oneOf']).",
      type: "invalid_request_error",
      param: "response_format",
      code: "wrong_api_format",
    },
  },
  { status: 400, body: contextLengthExceeded(140_000, 131_072).body },
  { status: 401, body: wrongKey().body },
  { status: 402, body: { message: "Payment required.", type: "payment_required_error", param: "quota", code: "payment_required" } },
  { status: 403, body: { message: "Permission denied.", type: "permission_error", param: null, code: "permission_denied" } },
  { status: 404, body: modelNotFound("X").body },
  { status: 408, body: { message: "Request timed out.", type: "timeout_error", param: null, code: "request_timeout" } },
  { status: 413, body: { message: "Request too large.", type: "invalid_request_error", param: null, code: "request_too_large" } },
  {
    status: 422,
    body: {
      message: "'additionalProperties' is required to be supplied and set to false.",
      type: "invalid_request_error",
      param: "response_format",
      code: "wrong_api_format",
    },
  },
  {
    status: 429,
    body: {
      message: "Requests per minute limit exceeded - too many requests sent.",
      type: "too_many_requests_error",
      param: "quota",
      code: "request_quota_exceeded",
    },
  },
  {
    status: 429,
    body: {
      message: "Tokens per minute limit exceeded - too many tokens processed.",
      type: "too_many_tokens_error",
      param: "quota",
      code: "token_quota_exceeded",
    },
  },
  {
    status: 429,
    body: {
      message: "We're experiencing high traffic right now! Please try again soon.",
      type: "too_many_requests_error",
      param: "queue",
      code: "queue_exceeded",
    },
  },
  { status: 500, body: { message: "Encountered a server error, please try again.", type: "server_error", param: "", code: "" } },
  {
    status: 503,
    body: { message: "Service temporarily unavailable.", type: "service_unavailable_error", param: null, code: "unavailable" },
  },
];

/** The body of an error status, by its code where one status has several. */
export function errorBody(status: number, code?: string): ApiErrorBody {
  const found = bodies.find((entry) => entry.status === status && (code === undefined || entry.body.code === code));
  return found?.body ?? { message: `Error ${status}`, type: "server_error", param: null, code: code ?? `status_${status}` };
}
