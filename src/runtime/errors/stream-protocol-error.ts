import { ExtractionError } from "./extraction-error.js";

/** The response was not what the protocol promises: cut off, no event stream, no JSON. */
export class StreamProtocolError extends ExtractionError {
  static override readonly kind: string = "StreamProtocolError";
  override readonly name = "StreamProtocolError";
}
