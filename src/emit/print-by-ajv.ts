import type { JsonSchema } from "../read/schema-document.js";
import { addSchemas, type AjvLibrary } from "./ajv-library.js";
import { type AjvProjection, rootId } from "./for-ajv.js";

/** The validators of a document's schemas, a statement a line. */
export interface PrintedValidators {
  readonly lines: readonly string[];
  /** Function names by `$id`. */
  readonly names: ReadonlyMap<string, string>;
}

/** By ajv standalone: a fresh instance for each document, because a shared one numbers its functions by history. */
export function printByAjv(projection: AjvProjection, library: AjvLibrary): PrintedValidators {
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

/** Ajv compiles what a schema refers to while it compiles the schema: some hundred in a row overflow its stack. */
const longestChain = 100;

/** The `$id`s in an order in which each comes after what it refers to, circles aside; nothing where no chain of references is long. */
export function calleesFirst(schemas: ReadonlyMap<string, JsonSchema>): readonly string[] {
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
