import type { ProfileEntry } from "../recover/schema-rules.js";
import type { ApiErrorFacts } from "./api-error.js";
import { ExtractionError } from "./extraction-error.js";

/** What is known of a refused schema. */
export interface SchemaRejection extends ApiErrorFacts {
  readonly keywords: readonly string[];
  readonly entries: readonly ProfileEntry[];
  /** What can be done meanwhile, a sentence or nothing. */
  readonly remedy?: string;
}

/** The API does not accept the schema it was sent (400 `wrong_api_format`): an entry in schemacast's provider profile is out of date. */
export class SchemaRejectedError extends ExtractionError {
  static override readonly kind: string = "SchemaRejectedError";
  override readonly name = "SchemaRejectedError";
  /** What the server said. */
  readonly reason: string;
  /** Schema keywords the server named: `["minItems"]`. */
  readonly keywords: readonly string[];
  /** The entries of the profile that let the schema through, each with the rule that goes by it; empty where the server's words are not known. */
  readonly entries: readonly ProfileEntry[];
  readonly status?: number;
  /** `tools` or `response_format`. */
  readonly param?: string;

  constructor(reason: string, { keywords, entries, remedy = "", ...facts }: SchemaRejection) {
    const wrong = entries.map(({ entry, rule }) => `${entry} (rule ${rule})`).join(", ");
    const named = keywords.map((keyword) => `"${keyword}"`).join(", ");
    const blame =
      wrong !== ""
        ? `schemacast's provider profile is out of date: ${wrong}.`
        : `schemacast's provider profile is out of date${named === "" ? "" : ` about ${named}`}; which entry, this message does not tell.`;
    super(`The API refused the schema: ${reason}${/[.!?]$/.test(reason) ? "" : "."} ${blame}${remedy}`, facts);
    this.reason = reason;
    this.keywords = keywords;
    this.entries = entries;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.param !== undefined) this.param = facts.param;
  }
}
