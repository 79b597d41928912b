import type { SourcePosition } from "../../diagnostics/diagnostic.js";
import type { SchemaObject } from "../schema-document.js";
import { positionOf, type TextPlace } from "./source-texts.js";

/** A document's `locate`: the place of the innermost schema on the pointer's way whose place is known. */
export function locator(
  schema: SchemaObject,
  places: ReadonlyMap<object, TextPlace>,
  root: TextPlace,
): (pointer: string) => SourcePosition {
  return (pointer) => {
    let here: unknown = schema;
    let found = places.get(schema) ?? root;
    for (const token of pointer.split("/").slice(1)) {
      const key = token.replace(/~1/g, "/").replace(/~0/g, "~");
      if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) break;
      here = (here as Readonly<Record<string, unknown>>)[key];
      if (typeof here === "object" && here !== null) found = places.get(here) ?? found;
    }
    return positionOf(found);
  };
}
