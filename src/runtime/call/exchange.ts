import type { ChatClient } from "../options.js";
import type { JsonObject } from "../spec.js";
import type { Answer } from "./answer.js";
import type { CallWatch } from "./call-watch.js";

/** One request to the API and its answer. */
export interface ExchangeJob {
  readonly client: ChatClient;
  /** The request body, without `stream`. */
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  readonly watch: CallWatch;
  /** Filled as the answer arrives; after a failure it holds what had arrived. */
  readonly answer: Answer;
  /** Gets each piece of the answer's text; the exchange reads on when it settles. */
  readonly write: (text: string) => void | Promise<void>;
}

/** Sends one request and fills `job.answer`. @throws {Fault} or what the client threw */
export type Exchange = (job: ExchangeJob) => Promise<void>;
