import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { NamedShape } from "./file-shapes.js";
import type { Shape } from "./shape.js";

/**
 * Tells types that no value has. Lowering leaves conditions to the validator, and may not have seen it; an extractor of `never` would
 * not compile.
 */
export function reportNever(types: readonly NamedShape[], roots: ReadonlySet<string>): readonly Diagnostic[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  return types
    .filter((type) => roots.has(type.name) && isNever(type.shape, { type, byName, seen: new Set() }))
    .map(({ document }) => diagnostic("lower/nothing-valid", document.locate("")));
}

interface Lookup {
  readonly type: NamedShape;
  readonly byName: ReadonlyMap<string, NamedShape>;
  /** Names on the way: what leads back to itself is no proof. */
  readonly seen: ReadonlySet<string>;
}

function isNever(shape: Shape, lookup: Lookup): boolean {
  switch (shape.kind) {
    case "never":
      return true;
    case "union":
      return shape.of.every((part) => isNever(part, lookup));
    case "intersection":
      return shape.of.some((part) => isNever(part, lookup));
    case "ref": {
      const name = lookup.type.nameOf(shape.key);
      const type = lookup.byName.get(name);
      return (
        type !== undefined && !lookup.seen.has(name) && isNever(type.shape, { ...lookup, type, seen: new Set([...lookup.seen, name]) })
      );
    }
    default:
      return false;
  }
}
