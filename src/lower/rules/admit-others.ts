import type { RuleContext } from "../context.js";
import { jsonTypes, own } from "../json.js";
import { mapChildren } from "../map-wire.js";
import type { Wire, WireDocument, WireJson } from "../wire.js";
import { targetOf } from "../wire-traits.js";

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
  const target = targetOf(wire, document);
  if (target?.kind === "json" && target.enum === undefined && target.of === undefined) return undefined;
  if (wire.otherwise) return { kind: "json", origin: wire.origin, description: "Only where nothing else fits" };
  const seen: Seen = { unseen: new Set(), spoken: new Set(), taken: new Set() };
  collect(wire, { document, seen, through: new Set() });
  const of = jsonTypes.filter((type) => seen.unseen.has(type) && !seen.taken.has(type));
  if (of.length === 0) return undefined;
  const spoken = [...seen.spoken, ...seen.taken].filter((type, index, all) => all.indexOf(type) === index && !isOneOf(type, of));
  const description = spoken.length === 0 ? "Only where nothing else fits" : `Only where it is no ${spoken.join(" or ")}`;
  return { kind: "json", origin: wire.origin, of, description };
}

function isOneOf(type: string, types: readonly string[]): boolean {
  return types.includes(type);
}

function assumed({ of }: WireJson): string {
  return of === undefined ? "fit" : jsonTypes.filter((type) => !of.includes(type)).join(" or ");
}

/** JSON types, by what a place makes of their values. */
interface Seen {
  /** Valid as they are by some branch, which speaks of other types. */
  readonly unseen: Set<string>;
  /** Some branch without a type speaks of them. */
  readonly spoken: Set<string>;
  /** All of them have a place already. */
  readonly taken: Set<string>;
}

interface Collecting {
  readonly document: WireDocument;
  readonly seen: Seen;
  readonly through: Set<string>;
}

function collect(wire: Wire, at: Collecting): void {
  const { document, seen, through } = at;
  if (wire.assumed !== undefined) {
    for (const type of wire.assumed) seen.spoken.add(type);
    for (const type of jsonTypes) if (!wire.assumed.includes(type)) seen.unseen.add(type);
  }
  if (wire.kind === "union") return wire.branches.forEach((branch) => collect(branch, at));
  if (wire.kind === "ref") {
    const target = through.has(wire.to) ? undefined : own(document.defs, wire.to);
    through.add(wire.to);
    return target === undefined ? undefined : collect(target, at);
  }
  if (wire.kind !== "scalar" || wire.type === "integer") return;
  if (wire.enum === undefined && wire.remark === undefined && wire.sent === undefined) seen.taken.add(wire.type);
}
