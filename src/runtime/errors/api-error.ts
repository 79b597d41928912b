import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** What is known of a refusal by the API. */
export interface ApiErrorFacts extends ExtractionFacts {
  readonly status?: number;
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  readonly retryAfter?: number;
}

/** The API refused a request, or could not be reached (then `status` is absent and `code` is the system's, `ECONNREFUSED`). */
export class ApiError extends ExtractionError {
  static override readonly kind: string = "ApiError";
  override readonly name = "ApiError";
  readonly status?: number;
  /** The body's `code`: `wrong_api_key`, `model_not_found`, `token_quota_exceeded`, … */
  readonly code?: string;
  /** The body's `type`: `invalid_request_error`, … */
  readonly type?: string;
  /** The body's `param`: the part of the request that was refused. */
  readonly param?: string;
  /** Seconds the server asked to wait. */
  readonly retryAfter?: number;

  constructor(message: string, facts: ApiErrorFacts = {}) {
    super(message, facts);
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.code !== undefined) this.code = facts.code;
    if (facts.type !== undefined) this.type = facts.type;
    if (facts.param !== undefined) this.param = facts.param;
    if (facts.retryAfter !== undefined) this.retryAfter = facts.retryAfter;
  }
}
