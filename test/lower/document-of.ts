import type { JsonSchema, SchemaDocument } from "../../src/read/schema-document.js";

/** A document as the readers would make it, with the pointer's length as the line so that places can be told apart. */
export function documentOf(schema: JsonSchema, name = "Thing"): SchemaDocument {
  return {
    name,
    source: "schemas/thing.json",
    schema,
    settings: {},
    locate: (pointer) => ({ file: `schemas/thing.json#${pointer}`, line: 1, column: 1 }),
  };
}
