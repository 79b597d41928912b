import type { RuleContext } from "../context.js";
import { mapChildren } from "../map-wire.js";
import type { Wire, WireDocument, WireField, WireObject } from "../wire.js";
import { targetOf } from "../wire-traits.js";

/**
 * The order in which an object's keys are asked for, and so written: constants that tell what the object is, then what the model
 * reasons, then the schema's own order.
 */
export function orderKeys(document: WireDocument, context: Pick<RuleContext, "note">): WireDocument {
  const visit = (wire: Wire): Wire => {
    const inner = mapChildren(wire, visit);
    return inner.kind === "object" ? ordered(inner, document, context) : inner;
  };
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  return { root: visit(document.root), defs: Object.fromEntries(defs) };
}

function ordered(wire: WireObject, document: WireDocument, context: Pick<RuleContext, "note">): WireObject {
  const asides = wire.fields.filter((field) => field.aside);
  const telling = wire.fields.filter((field) => !field.aside && isTelling(field, document));
  const rest = wire.fields.filter((field) => !asides.includes(field) && !telling.includes(field));
  const fields = [...telling, ...asides, ...rest];
  if (fields.every((field, index) => field === wire.fields[index])) return wire;
  context.note("key-order", wire.origin, `${telling.map(({ key }) => key).join(", ")} first: it tells the kind of object`);
  return { ...wire, fields };
}

/** A constant that has to be there. */
export function isTelling({ node, required }: Pick<WireField, "node" | "required">, document: WireDocument): boolean {
  const target = targetOf(node, document);
  return required && (target?.kind === "json" || (target?.kind === "scalar" && target.type === "string")) && target.enum?.length === 1;
}
