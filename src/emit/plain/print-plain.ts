import type { AjvProjection } from "../for-ajv.js";
import { calleesFirst } from "../print-by-ajv.js";
import { isPlain } from "./is-plain.js";
import { PlainModule } from "./plain-module.js";

/** Validators as they stand in the file. */
export interface PlainText {
  readonly code: string;
  /** Function names by `$id`. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * What `printByAjv` prints and `compactValidators` makes shorter, to the byte, where the schemas are made of everyday keywords; nothing
 * where they are not. Ajv's way to its text goes over trees of code fragments, which was a fifth of a run; what it prints for these
 * keywords is not much.
 *
 * @param suffix of the names, which carry the document's
 */
export function printPlain(projection: AjvProjection, suffix: string): PlainText | undefined {
  if (!isPlain(projection) || calleesFirst(projection.schemas).length > 0 || speaksOfNames(projection)) return undefined;
  const module = new PlainModule(projection, suffix);
  return { code: module.print(), names: new Map(Array.from(module.functions, ([id, one]) => [id, one.name])) };
}

const namesOfAjv = /\b(?:_?valid|_errs|vSchema)\d|parentData|rootData/;

/** Whether the schemas hold words that `compactValidators` would take for Ajv's names, so that it would not shorten everything. */
function speaksOfNames({ schemas }: AjvProjection): boolean {
  for (const schema of schemas.values()) if (namesOfAjv.test(JSON.stringify(schema))) return true;
  return false;
}
