import { ApiError, type ApiErrorFacts } from "../errors/api-error.js";
import { ExtractionError } from "../errors/extraction-error.js";
import { SchemaRejectedError } from "../errors/schema-rejected-error.js";
import type { HeaderSource } from "../call/answer.js";
import { defined } from "../call/defined.js";
import { isObject } from "../call/is-object.js";
import { liveModelsText, retirement } from "../call/model-table.js";
import { keywordsIn, profileEntries, remedy } from "./schema-rules.js";
import { retryAfterSeconds } from "./retry-delay.js";
import { textOf } from "./text-of.js";

interface Known {
  readonly headers?: HeaderSource | undefined;
  readonly cause?: unknown;
  /** The model that was asked. */
  readonly model?: string | undefined;
}

/** An `ApiError` from an error body, flat or inside `error`, or from text that is no JSON (a proxy's page). */
export function apiErrorOfBody(status: number | undefined, body: unknown, known: Known = {}): ApiError | SchemaRejectedError {
  const inner = isObject(body) && isObject(body["error"]) ? body["error"] : body;
  const fields = isObject(inner) ? inner : {};
  const text = (key: string): string | undefined => (typeof fields[key] === "string" ? fields[key] : undefined);
  const message = text("message") ?? (typeof inner === "string" ? inner.slice(0, 200) : "");
  const { headers, cause } = known;
  const facts = defined<ApiErrorFacts>({
    status,
    code: text("code"),
    type: text("type"),
    param: text("param"),
    retryAfter: headers === undefined ? undefined : retryAfterSeconds(headers),
    requestId: headers?.get("x-request-id") ?? undefined,
    cause,
  });
  // 422 was used for schema errors until early 2026 (cerebras/api.md 1.4).
  const isFormat = (status === 400 || status === 422) && facts.code === "wrong_api_format";
  // Of the caller's own tools beside ours, of a tool choice, and of what else does not go together, the schema knows nothing.
  if (isFormat && /response_format|tools/.test(facts.param ?? "") && !/tool_choice|mixed values|is incompatible with/.test(message)) {
    const entries = profileEntries(message);
    return new SchemaRejectedError(message, { ...facts, keywords: keywordsIn(message), entries, remedy: remedy(entries) });
  }
  const advice = facts.code === "model_not_found" ? ` ${retirement(known.model ?? "") ?? liveModelsText()}` : "";
  const place = isRedirect(status) ? redirection(headers?.get("location") ?? undefined) : "";
  return new ApiError(`The API answered ${status ?? "with an error"}${message === "" ? "." : `: ${message}`}${advice}${place}`, facts);
}

/** Browsers tell no more of a redirect than the status 0. */
function isRedirect(status: number | undefined): boolean {
  return status !== undefined && (status === 0 || (status >= 300 && status < 400));
}

function redirection(location = "another address"): string {
  return ` It redirects to ${location}, which is not followed, since your input and headers would go there: if that is right, give the client its baseURL.`;
}

const badHeader =
  "A header of the request holds a character that HTTP does not allow, most likely a line break at the end of the API key. Look at CEREBRAS_API_KEY, the client's apiKey, and the option headers.";

/** What a client threw, as an `ExtractionError`: the SDK's errors have `status`, `error`, `headers`; others are connection failures. */
export function apiFailure(thrown: unknown, model?: string): ExtractionError {
  if (ExtractionError.is(thrown)) return thrown;
  if (isObject(thrown) && typeof thrown["status"] === "number") {
    const { status, error, message, headers } = thrown;
    return apiErrorOfBody(status, error ?? message, { headers: headerSource(headers), cause: thrown, model });
  }
  const system = systemError(thrown);
  // Such a message quotes the header, and with it the key: it is not passed on, nor is the error that has it.
  if (system.name === "TypeError" && /header|ByteString|Bearer/i.test(system.message)) return new ExtractionError(badHeader);
  return new ApiError(`The API could not be reached: ${system.message}`, defined({ code: system.code, cause: thrown }));
}

/** The innermost cause tells what happened: `connect ECONNREFUSED 127.0.0.1:1`, where the outer ones say "Connection error.". */
function systemError(thrown: unknown): { readonly name: unknown; readonly message: string; readonly code: string | undefined } {
  let error = thrown;
  for (let depth = 0; depth < 8 && isObject(error) && isObject(error["cause"]); depth++) error = error["cause"];
  if (!isObject(error)) return { name: undefined, message: textOf(error), code: undefined };
  return { name: error["name"], message: textOf(error["message"]), code: typeof error["code"] === "string" ? error["code"] : undefined };
}

function headerSource(headers: unknown): HeaderSource | undefined {
  if (!isObject(headers)) return undefined;
  // A parse boundary: clients have `Headers`, or (SDK 1.91) a plain object with lower-case keys.
  if (typeof headers["get"] === "function") return headers as unknown as HeaderSource;
  return { get: (name) => (typeof headers[name] === "string" ? headers[name] : null) };
}
