import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { JsonSchema, SchemaDocument } from "../read/schema-document.js";
import { type AjvProjection, forAjv, rootId } from "./for-ajv.js";
import { addSchemas, loadAjv, type AjvLibrary } from "./ajv-library.js";
import { compactValidators } from "./compact-validators.js";

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
 * Compiles a document's schema to a validator by ajv standalone: a fresh instance for each schema, because a shared one numbers its
 * functions by history.
 *
 * @param name of the root type; the functions carry it
 * @param load gives Ajv; is called once for many documents where it remembers
 */
export async function emitValidator(document: SchemaDocument, name: string, load = loadAjv): Promise<ValidatorText> {
  const library = await load();
  const projection = forAjv(document, library.formatNames);
  const compiled = compile(projection, library);
  const root = compiled.names.get(rootId) ?? "";
  const { code, rename } = compactValidators(compiled.lines, name);
  return {
    root: rename(root),
    code,
    usesLibrary: /\$v\b/.test(code),
    parts: new Map([...projection.parts].map(([path, id]) => [path, rename(compiled.names.get(id) ?? root)])),
    diagnostics: projection.diagnostics,
  };
}

/** Ajv compiles what a schema refers to while it compiles the schema: some hundred in a row overflow its stack. */
const longestChain = 100;

/** The `$id`s in an order in which each comes after what it refers to, circles aside; nothing where no chain of references is long. */
function calleesFirst(schemas: ReadonlyMap<string, JsonSchema>): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  let longest = 0;
  for (const start of schemas.keys()) {
    const path: { readonly id: string; readonly callees: readonly string[]; next: number }[] = [];
    const enter = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      path.push({ id, callees: references(schemas.get(id)), next: 0 });
      longest = Math.max(longest, path.length);
    };
    enter(start);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const callee = frame.callees[frame.next++];
      if (callee !== undefined) enter(callee);
      else {
        order.push(frame.id);
        path.pop();
      }
    }
  }
  return longest > longestChain ? order : [];
}

function references(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "$ref" in value && typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

interface Compiled {
  readonly lines: readonly string[];
  /** Function names by `$id`. */
  readonly names: ReadonlyMap<string, string>;
}

function compile(projection: AjvProjection, library: AjvLibrary): Compiled {
  const ajv = library.create(projection.dialect, projection.ownProperties);
  addSchemas(ajv, projection.schemas);
  const order = calleesFirst(projection.schemas);
  if (projection.dialect === "draft-07") library.compileFlat(ajv, order);
  else for (const id of order) ajv.getSchema(id);
  const exported = [rootId, ...new Set(projection.parts.values())];
  const printed = library.standalone(ajv, Object.fromEntries(exported.map((id, index) => [`x${index}`, id])));
  const names = new Map<string, string>();
  const lines = printed.filter((line) => {
    const [, index, name] = (line.startsWith("export const x") && /^export const x(\d+) = (\w+);$/.exec(line)) || [];
    if (name !== undefined) names.set(exported[Number(index)] ?? "", name);
    return name === undefined && line !== '"use strict";';
  });
  return { lines, names };
}
