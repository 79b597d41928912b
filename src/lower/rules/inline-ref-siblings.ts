import { own } from "../json.js";
import { children, mapChildren } from "../map-wire.js";
import type { Wire, WireDocument, WireUnion } from "../wire.js";

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
  const settled = settle(document, options) ?? settle(document, { described: "drop" }, Number.POSITIVE_INFINITY) ?? document;
  // A copy may have taken the place of all references to a definition but one.
  const single = [...countRefs(settled)].some(([name, uses]) => uses === 1 && !recursiveDefs(settled).has(name));
  return single ? settleRefs(settled, { described: "drop" }) : settled;
}

function settle(document: WireDocument, { described }: SettleOptions, budget = mostNodes): WireDocument | undefined {
  const uses = countRefs(document);
  const recursive = recursiveDefs(document);
  let left = budget;
  const visit = (wire: Wire): Wire => {
    left--;
    if (left < 0) return wire;
    if (wire.kind !== "ref") return opened(mapChildren(wire, visit));
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

/** A union inside a union is part of it, if nothing is said of it by itself. */
function opened(wire: Wire): Wire {
  if (wire.kind !== "union" || !wire.branches.some(isPlainUnion)) return wire;
  return { ...wire, branches: wire.branches.flatMap((branch) => (isPlainUnion(branch) ? branch.branches : [branch])) };
}

function isPlainUnion(wire: Wire): wire is WireUnion {
  return wire.kind === "union" && wire.description === undefined && wire.remark === undefined;
}

function isShort(target: Wire, name: string): boolean {
  if (target.kind === "ref") return true;
  if (target.kind !== "scalar" && target.kind !== "json") return false;
  return JSON.stringify(target.enum ?? "").length + (target.description?.length ?? 0) + (target.remark?.length ?? 0) <= name.length;
}

/** Only definitions that are used, in the order in which the schema first refers to them. */
function withoutUnused(document: WireDocument): WireDocument {
  const defs = [...countRefs(document).keys()].flatMap((name) => {
    const def = own(document.defs, name);
    return def === undefined ? [] : [[name, def] as const];
  });
  return { root: document.root, defs: Object.fromEntries(defs) };
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

/** Whether a definition leads back to itself. */
export function isRecursive(name: string, document: WireDocument): boolean {
  const reached = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const def = own(document.defs, next);
    for (const ref of def === undefined ? [] : directRefs(def)) {
      if (ref === name) return true;
      if (!reached.has(ref)) open.push(ref);
      reached.add(ref);
    }
  }
  return false;
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
