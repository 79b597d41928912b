import type { PlanNode } from "../spec.js";
import { setKeys } from "./compile-plan.js";
import { RareScanner } from "./rare-scanner.js";
import { ATOM, ENTRY, EXTRAS, Shape } from "./shape.js";

/** What the streaming parser needs for plans of kinds that few schemas have. Generated handlers import it where theirs is such a plan. */
export interface RareKinds {
  readonly Scanner: typeof RareScanner;
  /** Fills the shape of a node of such a kind, and adds to that of an open object. */
  readonly fill: (shape: Shape, node: PlanNode, compile: (node: PlanNode) => Shape) => void;
}

export const rareKinds: RareKinds = {
  Scanner: RareScanner,
  fill(shape, node, compile) {
    if (node.kind === "members") {
      const { items, keys, rest } = node;
      shape.fields = items.map(compile);
      if (rest !== undefined) shape.fields = [...shape.fields, compile({ kind: "list", item: rest.item })];
      setKeys(shape, rest === undefined ? keys : [...keys, rest.key]);
    } else if (node.kind === "entries") shape.item = entry(node, compile(node.value));
    else if (node.kind === "object" && node.extras !== undefined) {
      const { key, value } = node.extras;
      const extras = new Shape(EXTRAS, node);
      extras.item = entry(node, compile(value));
      shape.fields = [...shape.fields, extras];
      setKeys(shape, [...shape.wire, key], [...shape.names, key]);
    }
  },
};

/** One entry of a map: `{ key, value }`. */
function entry(node: PlanNode, value: Shape): Shape {
  const shape = new Shape(ENTRY, node);
  shape.fields = [new Shape(ATOM, { kind: "atom" }), value];
  return setKeys(shape, ["key", "value"]);
}
