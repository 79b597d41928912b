import type { JsonSchema, SchemaDocument } from "../../src/read/schema-document.js";

/** A document of a schema in the internal form, as a reader would make it. */
export function documentOf(schema: JsonSchema, name = "User", more: Partial<SchemaDocument> = {}): SchemaDocument {
  return {
    name,
    source: `schemas/${name}.json`,
    schema,
    settings: {},
    locate: () => ({ file: `schemas/${name}.json`, line: 1, column: 1 }),
    ...more,
  };
}
