import type { AjvProjection } from "../for-ajv.js";
import { calleesFirst, type PrintedValidators } from "../print-by-ajv.js";
import { isPlain } from "./is-plain.js";
import { PlainModule } from "./plain-module.js";

/**
 * What `printByAjv` prints and `compactValidators` makes shorter, to the byte, where the schemas are made of everyday keywords; nothing
 * where they are not. Ajv's way to its text goes over trees of code fragments, which was a fifth of a run; what it prints for these
 * keywords is not much.
 */
export function printPlain(projection: AjvProjection): PrintedValidators | undefined {
  if (!isPlain(projection) || calleesFirst(projection.schemas).length > 0) return undefined;
  const module = new PlainModule(projection);
  if (module.speaksOfNames) return undefined;
  return { lines: module.print(), isShort: true, names: new Map(Array.from(module.functions, ([id, one]) => [id, one.name])) };
}
