import type { Issue } from "../options.js";
import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** The model's answer is not JSON, or not valid by the schema and the checks. */
export class InvalidOutputError extends ExtractionError {
  static override readonly kind: string = "InvalidOutputError";
  override readonly name = "InvalidOutputError";
  readonly issues: readonly Issue[];
  /** The last value, decoded; `undefined` when the answer was not JSON. */
  readonly value: unknown;
  /** The model's text. */
  readonly text: string;

  constructor(issues: readonly Issue[], value: unknown, text: string, facts?: ExtractionFacts) {
    super(`The answer is not valid: ${describe(issues)}`, facts);
    this.issues = issues;
    this.value = value;
    this.text = text;
  }
}

function describe(issues: readonly Issue[]): string {
  const shown = issues.slice(0, 3).map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message));
  return shown.join("; ") + (issues.length > 3 ? `; and ${issues.length - 3} more` : "");
}
