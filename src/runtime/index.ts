// What people import; generated files import ./v1.
export * from "./v1.js";
export type { ClientOptions } from "./client/sdk-client.js";
export type { RateLimit } from "./options.js";
export { fromProvider } from "./client/from-provider.js";
export { AbortedError } from "./errors/aborted-error.js";
export { ApiError } from "./errors/api-error.js";
export { InvalidOutputError } from "./errors/invalid-output-error.js";
export { LimitExceededError } from "./errors/limit-exceeded-error.js";
export { MissingKeyError } from "./errors/missing-key-error.js";
export { NoToolCallError } from "./errors/no-tool-call-error.js";
export { RefusedError } from "./errors/refused-error.js";
export { SchemaRejectedError } from "./errors/schema-rejected-error.js";
export { StreamProtocolError } from "./errors/stream-protocol-error.js";
export { TimeoutError } from "./errors/timeout-error.js";
export { TruncatedError } from "./errors/truncated-error.js";
export { UnexpectedToolCallError } from "./errors/unexpected-tool-call-error.js";
export { extractEach } from "./each/extract-each.js";
export type { EachFailure, EachOptions, EachProgress, EachResult, EachSuccess, Extractor } from "./each/each-options.js";
