import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SchemaDocument } from "../read/schema-document.js";
import { forAjv, rootId } from "./for-ajv.js";
import { loadAjv } from "./ajv-library.js";
import { compactValidators } from "./compact-validators.js";
import { escapeUnseen } from "./text.js";
import { printPlain } from "./plain/print-plain.js";
import { printByAjv } from "./print-by-ajv.js";

/** The validators of one document, as text for the codec file. */
export interface ValidatorText {
  /** The root's validator, which `code` declares and doesn't export. */
  readonly root: string;
  /** The functions and constants. */
  readonly code: string;
  /** The code calls the runtime's `validation` as `$v`; else plain JavaScript is enough. */
  readonly usesLibrary: boolean;
  /**
   * Parts that a stream judges when they close: path in the value (a JSON pointer, `*` for any index or key) → name of the
   * validator, which `code` declares and doesn't export.
   */
  readonly parts: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a document's schema to a validator as ajv standalone prints it. Most schemas say nothing but plain things, which are printed
 * without Ajv, to the same bytes, in a tenth of the time.
 *
 * @param name of the root type; the functions carry it
 * @param load gives Ajv; is called once for many documents where it remembers
 */
export async function emitValidator(document: SchemaDocument, name: string, load = loadAjv): Promise<ValidatorText> {
  const projection = forAjv(document);
  const { code: printed, names } = printPlain(projection, name) ?? compactValidators(printByAjv(projection, await load()), name);
  const code = escapeUnseen(printed);
  const root = names.get(rootId) ?? "";
  return {
    root,
    code,
    usesLibrary: /\$v\b/.test(code),
    parts: new Map([...projection.parts].map(([path, id]) => [path, names.get(id) ?? root])),
    diagnostics: projection.diagnostics,
  };
}
