import type { SchemaObject } from "../../read/schema-document.js";

/** A schema and the value it judges. */
export interface Place {
  readonly schema: SchemaObject;
  /** The value, as code. */
  readonly data: string;
  /** Where the schema stands in the function's, as failures tell it: `#/properties/name`. */
  readonly fragment: string;
  /** Where the value stands in the function's, as code; empty for its own. */
  readonly path: string;
}

/** A part of a value. */
export interface Member {
  /** How code gets at it: `.name`, `[i0]`. */
  readonly member: string;
  /** The step of a path to it, as code. */
  readonly step: string;
}
