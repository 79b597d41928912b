import type { SchemaObject } from "../schema-document.js";
import type { Conversion, Spot } from "./conversion.js";

/** Refuses a type at its place: JSON has nothing for it. @param what the type as a person writes it */
export function noJsonForm(c: Conversion, what: string, spot: Spot): SchemaObject {
  c.report("read/ts-no-json", spot.node, { type: what });
  return {};
}
