import { own } from "./json.js";
import { children, mapChildren } from "./map-wire.js";
import type { Wire, WireDocument } from "./wire.js";

/** How references are written down. */
export interface SettleOptions {
  /** `inline`: a reference with a description of its own is replaced by what it refers to, with that description. `drop`: it loses it. */
  readonly described: "inline" | "drop";
}

/** Copies of definitions beyond this many nodes are not made: the schema would be far over every limit. */
const mostNodes = 4000;

/**
 * Rule `inline-ref-siblings`, and the tidying of definitions: those used once, or not longer than a reference to them, stand where
 * they are used; those not used at all go.
 */
export function settleRefs(document: WireDocument, options: SettleOptions): WireDocument {
  const settled = settle(document, options);
  return settled ?? settle(document, { described: "drop" }, Number.POSITIVE_INFINITY) ?? document;
}

function settle(document: WireDocument, { described }: SettleOptions, budget = mostNodes): WireDocument | undefined {
  const uses = countRefs(document);
  const recursive = recursiveDefs(document);
  let left = budget;
  const visit = (wire: Wire): Wire => {
    left--;
    if (left < 0) return wire;
    if (wire.kind !== "ref") return mapChildren(wire, visit);
    const target = own(document.defs, wire.to);
    if (target === undefined || recursive.has(wire.to)) return wire;
    const own_ = wire.description !== undefined || wire.remark !== undefined;
    const inline = uses.get(wire.to) === 1 || isShort(target, wire.to) || (own_ && described === "inline");
    if (!inline) return wire;
    const copy = visit(target);
    if (!own_ || described === "drop") return copy;
    return {
      ...copy,
      ...(wire.description !== undefined && { description: wire.description }),
      ...(wire.remark !== undefined && { remark: wire.remark }),
    };
  };
  const root = visit(document.root);
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  if (left < 0) return undefined;
  return withoutUnused({ root, defs: Object.fromEntries(defs) });
}

function isShort(target: Wire, name: string): boolean {
  if (target.kind !== "scalar" && target.kind !== "json") return false;
  return JSON.stringify(target.enum ?? "").length + (target.description?.length ?? 0) + (target.remark?.length ?? 0) <= name.length;
}

function withoutUnused(document: WireDocument): WireDocument {
  const uses = countRefs(document);
  return { root: document.root, defs: Object.fromEntries(Object.entries(document.defs).filter(([name]) => uses.has(name))) };
}

/** How often each definition is referred to from what is reachable. */
export function countRefs(document: WireDocument): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const visit = (wire: Wire): void => {
    if (wire.kind !== "ref") return children(wire).forEach(visit);
    const known = uses.get(wire.to) ?? 0;
    uses.set(wire.to, known + 1);
    const target = own(document.defs, wire.to);
    if (known === 0 && target !== undefined) visit(target);
  };
  visit(document.root);
  return uses;
}

/** Definitions that lead back to themselves. */
export function recursiveDefs(document: WireDocument): ReadonlySet<string> {
  const direct = new Map<string, ReadonlySet<string>>();
  for (const [name, def] of Object.entries(document.defs)) direct.set(name, directRefs(def));
  const found = new Set<string>();
  for (const name of direct.keys()) {
    const reached = new Set<string>();
    const open = [...(direct.get(name) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...(direct.get(next) ?? []));
    }
    if (reached.has(name)) found.add(name);
  }
  return found;
}

function directRefs(wire: Wire): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: Wire): void => {
    if (node.kind === "ref") found.add(node.to);
    children(node).forEach(visit);
  };
  visit(wire);
  return found;
}
