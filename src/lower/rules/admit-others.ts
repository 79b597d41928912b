import type { RuleContext } from "../context.js";
import { own } from "../json.js";
import { mapChildren } from "../map-wire.js";
import type { Wire, WireDocument, WireJson } from "../wire.js";

const jsonTypes = ["object", "array", "string", "number", "boolean", "null"] as const;

/**
 * Rule `assume-type`: a schema without `type` demands something of the types its keywords speak of, and takes every other value as
 * it is. Where such a schema describes a part (a property, an item), other values travel as JSON text, which the model is told to use
 * only for those. The root stays what its keywords speak of, as an extractor makes that; unless the project asks for all that a schema
 * allows (`open`).
 */
export function admitOthers(document: WireDocument, context: Pick<RuleContext, "note" | "settings">): WireDocument {
  const admitted = (place: Wire): Wire => {
    const inner = visit(place);
    const others = otherValues(place, document);
    if (others === undefined) return inner;
    context.note("assume-type", place.origin, `other values than ${assumed(others)} are sent as JSON text`);
    return withOthers(inner, others);
  };
  const visit = (wire: Wire): Wire => mapChildren(wire, wire.kind === "union" ? visit : admitted);
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  return { root: context.settings.open ? admitted(document.root) : visit(document.root), defs: Object.fromEntries(defs) };
}

/** The description of a place stays with the place; what it refers to is described where it stands. */
function withOthers(wire: Wire, others: WireJson): Wire {
  const { description, remark, ...bare } = wire;
  const branches = bare.kind === "union" ? [...bare.branches, others] : [bare, others];
  return {
    kind: "union",
    origin: wire.origin,
    branches,
    ...(description !== undefined && { description }),
    ...(remark !== undefined && { remark }),
  };
}

/** JSON text for the values that a place takes unseen; undefined where there are none. */
function otherValues(wire: Wire, document: WireDocument): WireJson | undefined {
  const spoken = new Set<string>();
  if (!collectSpoken(wire, { document, spoken, through: new Set() })) return undefined;
  const of = jsonTypes.filter((type) => !spoken.has(type));
  return of.length === 0
    ? undefined
    : { kind: "json", origin: wire.origin, of, description: `Only where it is no ${[...spoken].join(" or ")}` };
}

function assumed({ of }: WireJson): string {
  return jsonTypes.filter((type) => !of?.includes(type)).join(" or ");
}

interface Collecting {
  readonly document: WireDocument;
  /** Takes the types of which the place says something. */
  readonly spoken: Set<string>;
  readonly through: Set<string>;
}

/** Whether a node, or a branch of it, takes values of types it does not speak of. */
function collectSpoken(wire: Wire, at: Collecting): boolean {
  const { document, spoken, through } = at;
  for (const type of wire.assumed ?? []) spoken.add(type);
  const loose = wire.assumed !== undefined;
  if (wire.kind === "union") return wire.branches.map((branch) => collectSpoken(branch, at)).includes(true) || loose;
  if (wire.kind === "ref") {
    const target = through.has(wire.to) ? undefined : own(document.defs, wire.to);
    through.add(wire.to);
    return (target !== undefined && collectSpoken(target, at)) || loose;
  }
  // Every value of the type is taken already.
  if (wire.kind === "scalar" && wire.type !== "integer" && wire.enum === undefined && wire.remark === undefined) spoken.add(wire.type);
  return loose;
}
