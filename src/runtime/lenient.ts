// The entry `@schemacast/runtime/lenient`: imported by the codecs of guided specs only, so that no other program carries it.
export type { LenientOptions, LenientReader, LenientReading } from "./spec.js";
export { readLenient } from "./lenient/read-lenient.js";
