import { ExtractionError, type ExtractionFacts } from "./extraction-error.js";

/** No API key was found, or no client could be made. */
export class MissingKeyError extends ExtractionError {
  static override readonly kind: string = "MissingKeyError";
  override readonly name = "MissingKeyError";

  constructor(facts?: ExtractionFacts) {
    super("No API key: set CEREBRAS_API_KEY, or pass a client made with one (option client, or fromProvider(…, { apiKey })).", facts);
  }
}
