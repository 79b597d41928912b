import type { ApiErrorFacts } from "./api-error.js";
import { ExtractionError } from "./extraction-error.js";

/** The API does not accept the schema it was sent (400 `wrong_api_format`): a rule in schemacast's provider profile is out of date. */
export class SchemaRejectedError extends ExtractionError {
  static override readonly kind: string = "SchemaRejectedError";
  override readonly name = "SchemaRejectedError";
  /** What the server said. */
  readonly reason: string;
  /** Schema keywords the server named: `["minItems"]`. */
  readonly keywords: readonly string[];
  readonly status?: number;
  /** `tools` or `response_format`. */
  readonly param?: string;

  constructor(reason: string, keywords: readonly string[], facts: ApiErrorFacts) {
    super(
      `The API refused the schema: ${reason} This is a fault of schemacast's provider profile` +
        (keywords.length > 0 ? ` (its rule for ${keywords.map((keyword) => `"${keyword}"`).join(", ")}).` : "."),
      facts,
    );
    this.reason = reason;
    this.keywords = keywords;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.param !== undefined) this.param = facts.param;
  }
}
