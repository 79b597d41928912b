// What generated mocks import (`user.mock.ts`); for tests, never needed by a program.
export type { ChatClient, ExtractInput, ExtractOptions } from "./options.js";
export type { Extraction, ExtractionStream, ListStream } from "./results.js";
export { mockClient, type MockOptions } from "./mock/mock-client.js";
export { validSamples } from "./mock/valid-samples.js";

/** A value that is almost valid: it breaks one rule of its schema, and no other. */
export interface NearMiss {
  /** The keyword that refuses it: `required`, `minimum`. */
  readonly breaks: string;
  /** JSON pointer to what is wrong: `/age`. */
  readonly path: string;
  /** In words: "must be at least 0". */
  readonly says: string;
  readonly value: unknown;
}
