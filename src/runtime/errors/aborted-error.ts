import { ExtractionError } from "./extraction-error.js";

/** The caller ended the call; `cause` is the signal's reason. */
export class AbortedError extends ExtractionError {
  static override readonly kind: string = "AbortedError";
  override readonly name = "AbortedError";

  constructor(reason?: unknown) {
    super("The call was aborted by its caller.", { cause: reason });
  }
}
