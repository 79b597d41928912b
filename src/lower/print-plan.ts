import type { FieldPlan, Plan, PlanNode, UnionPlan } from "@schemacast/runtime/v1";
import { canonicalText, own, setOwn } from "./json.js";
import { countRefs, recursiveDefs } from "./rules/inline-ref-siblings.js";
import type { Wire, WireDocument, WireField, WireObject, WireUnion } from "./wire.js";

/** The plan of one union: its branches as they are undone, and the tables that tell them apart. */
export type DecidedUnion = Omit<UnionPlan, "kind" | "branches"> & { readonly branches: readonly Wire[] };

/** The decode plan of a lowered schema. Definitions that are no more than a word, or used once, stand where they are used. */
export function printPlan(document: WireDocument, decisions: ReadonlyMap<WireUnion, DecidedUnion>): Plan {
  const uses = countRefs(document);
  const recursive = recursiveDefs(document);
  const inlined = (name: string): boolean => !recursive.has(name) && (uses.get(name) === 1 || isWord(own(document.defs, name)));
  const printer: Printer = { document, decisions, inlined };
  const defs: { [name: string]: PlanNode } = {};
  for (const [name, def] of Object.entries(document.defs)) {
    if (uses.has(name) && !inlined(name)) setOwn(defs, name, node(def, printer));
  }
  const root = node(document.root, printer);
  return Object.keys(defs).length === 0 ? { root } : { root, defs };
}

/** Text that is the same for nodes that are undone in the same way: the order of an object's fields does not matter. */
export function planText(wire: Wire, document: WireDocument): string {
  return canonicalText(node(wire, { document, decisions: new Map(), inlined: (name) => isWord(own(document.defs, name)) }));
}

interface Printer {
  readonly document: WireDocument;
  readonly decisions: ReadonlyMap<WireUnion, DecidedUnion>;
  readonly inlined: (name: string) => boolean;
}

function node(wire: Wire, printer: Printer): PlanNode {
  const growing = growingNode(wire, printer);
  if (wire.whole === undefined || growing.kind === "atom" || growing.kind === "json") return growing;
  // A union that nothing decides shows when it is complete; with one branch it is that branch.
  return growing.kind === "text" ? { kind: "atom" } : { kind: "union", branches: [growing] };
}

function growingNode(wire: Wire, printer: Printer): PlanNode {
  switch (wire.kind) {
    case "scalar":
      return wire.type === "string" && wire.enum === undefined ? { kind: "text" } : { kind: "atom" };
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
      return union(printer.decisions.get(wire) ?? wire, printer);
    case "ref": {
      const target = own(printer.document.defs, wire.to);
      return target !== undefined && printer.inlined(wire.to) ? node(target, printer) : { kind: "ref", to: wire.to };
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

function union({ branches, byType, byTag, byKey }: DecidedUnion, printer: Printer): PlanNode {
  const nodes = branches.map((branch) => node(branch, printer));
  const [first] = nodes;
  const same = first !== undefined && nodes.every((other) => other.kind === first.kind);
  // Where every branch is taken as it comes, there is nothing to decide.
  if (same && (nodes.length === 1 || first.kind === "atom" || first.kind === "text" || first.kind === "json")) return first;
  return { kind: "union", branches: nodes, ...(byType && { byType }), ...(byTag && { byTag }), ...(byKey && { byKey }) };
}
