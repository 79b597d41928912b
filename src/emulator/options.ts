import type { RateLimit } from "./rate-limiter.js";
import type { Scenario } from "./scenario.js";

/** What the model says when it is asked for `name` about `input`. */
export interface Reply {
  /** Tool or schema name, or the type's: `extract_user`, `extractUser` and `User` are the same. Absent: any. */
  readonly name?: string;
  /** A user message, or a part of it; the last message goes before those before it, an exact match before a part. Absent: any. */
  readonly input?: string;
  /** The JSON as it goes over the wire (after lowering). */
  readonly value?: unknown;
  /** The answer's text as it stands, well-formed or not; goes before `value`. */
  readonly text?: string;
  /** The reasoning told before the answer. */
  readonly reasoning?: string;
}

/** Options of an emulator; every one has a default. */
export interface EmulatorOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** The only right key. Default: every key that is not empty is right. */
  readonly apiKey?: string;
  /** Looked up by name and user message; what they do not answer is sampled from the request's schema. */
  readonly replies?: readonly Reply[];
  /**
   * Folder that SCHEMACAST_RECORD has filled. Every chat completion is answered from it, whatever the other options say; a request that
   * was not recorded gets a 404 (`cassette_not_found`) that shows what differs from the nearest.
   */
  readonly cassettes?: string;
  /** What all requests together may use; beyond it they are refused with a 429. Default: no limit. */
  readonly rateLimit?: RateLimit;
  /** Consumed one per chat completion, in order of arrival; then `scenario` holds. */
  readonly scenarios?: readonly Scenario[];
  /** Holds for every chat completion for which `scenarios` has nothing left. */
  readonly scenario?: Scenario;
  /** Of samples, ids and chunk sizes. Default 1. */
  readonly seed?: number;
  /** Model ids served beside the known ones. */
  readonly models?: readonly string[];
  /**
   * Pages that may call from a browser: `*`, or one origin such as `http://localhost:5173`. Default: none, no CORS header is sent. Whether
   * the real API answers browsers is not known; a page in production asks its own server, which holds the key.
   */
  readonly allowOrigin?: string;
  /** How many requests `requests` keeps. Default 1,000. */
  readonly maxRecorded?: number;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number;
}

/** A request as it came in, and what became of it. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text where it is none; absent where there was none. */
  readonly body?: unknown;
  /** Status of the answer; 0 when the connection was cut before one. */
  readonly status: number;
}

/** A running emulator. */
export interface Emulator {
  /** For the SDK's `baseURL`: `http://127.0.0.1:41234`, without `/v1`. */
  readonly url: string;
  readonly port: number;
  /** The last requests, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Puts scenarios behind those that wait already. */
  enqueue(...scenarios: readonly Scenario[]): void;
  /** Ends all connections and the server. */
  close(): Promise<void>;
}
