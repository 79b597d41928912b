import type { FieldPlan, Plan, PlanNode } from "@schemacast/runtime/v1";
import { setOwn } from "./json.js";
import type { Decision, Decisions } from "./decide-unions.js";
import type { Wire, WireDocument, WireField, WireObject } from "./wire.js";

/** The decode plan of a lowered schema. Definitions that are no more than a word, or used once, stand where they are used. */
export function printPlan(document: WireDocument, decisions: Decisions): Plan {
  const printer = { document, decisions };
  const uses = countRefs(document);
  const kept = Object.keys(document.defs).filter((name) => (uses.get(name) ?? 0) > 0 && !isWord(document.defs[name]));
  const root = node(document.root, printer);
  const defs: { [name: string]: PlanNode } = {};
  for (const name of kept) {
    const def = document.defs[name];
    if (def !== undefined) setOwn(defs, name, node(def, printer));
  }
  return kept.length === 0 ? { root } : { root, defs };
}

interface Printer {
  readonly document: WireDocument;
  readonly decisions: Decisions;
}

function node(wire: Wire, printer: Printer): PlanNode {
  switch (wire.kind) {
    case "scalar":
      return wire.type === "string" && wire.enum === undefined && wire.whole === undefined ? { kind: "text" } : { kind: "atom" };
    case "json":
      return { kind: "json" };
    case "object":
      return object(wire, printer);
    case "list":
      return { kind: "list", item: node(wire.item, printer) };
    case "tuple": {
      const items = wire.items.map((item) => node(item, printer));
      return { kind: "tuple", items, ...(wire.rest && { rest: node(wire.rest, printer) }) };
    }
    case "members": {
      const items = wire.items.map((item) => node(item, printer));
      const rest = wire.rest && { key: wire.rest.key, item: node(wire.rest.item, printer) };
      return { kind: "members", keys: wire.keys, items, ...(rest && { rest }) };
    }
    case "entries":
      return { kind: "entries", value: node(wire.value, printer) };
    case "unwrap":
      return { kind: "unwrap", key: wire.key, node: node(wire.node, printer) };
    case "union":
      return union(wire.branches, printer.decisions.get(wire), printer);
    case "ref": {
      const target = printer.document.defs[wire.to];
      return target !== undefined && isWord(target) ? node(target, printer) : { kind: "ref", to: wire.to };
    }
  }
}

/** A node whose plan is one word. */
function isWord(wire: Wire | undefined): boolean {
  return wire?.kind === "scalar" || wire?.kind === "json";
}

function object(wire: WireObject, printer: Printer): PlanNode {
  const fields: { [key: string]: FieldPlan } = {};
  for (const field of wire.fields) setOwn(fields, field.key, fieldPlan(field, printer));
  const extras = wire.extras && { key: wire.extras.key, value: node(wire.extras.value, printer) };
  return { kind: "object", fields, ...(extras && { extras }) };
}

function fieldPlan(field: WireField, printer: Printer): FieldPlan {
  return {
    node: node(field.node, printer),
    ...(field.name !== undefined && { name: field.name }),
    ...(field.nullIsAbsent && { nullIsAbsent: true }),
    ...(field.aside && { aside: true }),
  };
}

function union(branches: readonly Wire[], decision: Decision | undefined, printer: Printer): PlanNode {
  const nodes = branches.map((branch) => node(branch, printer));
  const [first] = nodes;
  const same = first !== undefined && nodes.every((other) => other.kind === first.kind);
  // Where every branch is taken as it comes, there is nothing to decide.
  if (same && (first.kind === "atom" || first.kind === "text" || first.kind === "json")) return first;
  return { kind: "union", branches: nodes, ...decision };
}

/** How often each definition is referred to from what is reachable. */
export function countRefs(document: WireDocument): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const visit = (wire: Wire): void => {
    if (wire.kind !== "ref") return children(wire).forEach(visit);
    const known = uses.get(wire.to) ?? 0;
    uses.set(wire.to, known + 1);
    const target = document.defs[wire.to];
    if (known === 0 && target !== undefined) visit(target);
  };
  visit(document.root);
  return uses;
}

/** The nodes directly below one. */
export function children(wire: Wire): readonly Wire[] {
  switch (wire.kind) {
    case "scalar":
    case "json":
    case "ref":
      return [];
    case "object":
      return [...wire.fields.map((field) => field.node), ...(wire.extras ? [wire.extras.value] : [])];
    case "list":
      return [wire.item];
    case "tuple":
      return wire.rest ? [...wire.items, wire.rest] : wire.items;
    case "members":
      return wire.rest ? [...wire.items, wire.rest.item] : wire.items;
    case "entries":
      return [wire.value];
    case "unwrap":
      return [wire.node];
    case "union":
      return wire.branches;
  }
}
