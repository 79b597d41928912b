/**
 * How large an input may be. Each bound is far above any schema written for people or models (the largest public ones, such as
 * the Kubernetes and FHIR bundles, stay under 6 million characters and 30 levels) and far below what would overflow the stack or
 * fill the memory of the engines behind the reader, which recurse.
 */
export interface ReadLimits {
  /** Characters of one file. */
  readonly characters: number;
  /** Levels of objects and arrays in one file. */
  readonly depth: number;
  /** Values (scalars, arrays, objects) in one file. */
  readonly values: number;
  /** Schemas in one normalised document: what references can multiply. */
  readonly schemas: number;
  /**
   * Schemas in all normalised documents of one file: where hundreds of definitions lead to one another, as in FHIR's bundle, each
   * extractor would hold them all.
   */
  readonly allSchemas: number;
  /** Entries of `$defs` in one normalised document. */
  readonly definitions: number;
  /**
   * Schemas that apply to one value once references are followed in place (`$ref`, `allOf`, `anyOf`, …): what a reader who merges
   * them has to look at. Thirty definitions that each include the one before twice make a thousand million.
   */
  readonly inPlace: number;
  /** Definitions that are written once more for another state of the dynamic scope: `$dynamicRef` can multiply them without end. */
  readonly dynamicDefinitions: number;
  /** Files one document may be made of. */
  readonly files: number;
}

export const defaultLimits: ReadLimits = {
  characters: 16_000_000,
  depth: 256,
  values: 500_000,
  schemas: 100_000,
  allSchemas: 250_000,
  definitions: 2_500,
  inPlace: 20_000,
  dynamicDefinitions: 2_000,
  files: 1_000,
};
