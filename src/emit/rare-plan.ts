import type { Plan, PlanNode } from "@schemacast/runtime/v1";

/** Whether the streaming parser needs `rareKinds` for a plan (`src/runtime/json/rare-kinds.ts`). */
export function isRare(plan: Plan): boolean {
  const met = new Set<PlanNode>();
  return needs(plan.root);

  function needs(node: PlanNode | undefined): boolean {
    if (node === undefined || met.has(node)) return false;
    met.add(node);
    switch (node.kind) {
      case "object":
        return node.extras !== undefined || Object.values(node.fields).some((field) => field.aside === true || needs(field.node));
      case "list":
        return needs(node.item);
      case "tuple":
        return [...node.items, node.rest].some(needs);
      case "unwrap":
        // An object may be the wrapper or, where the model left that out, what is in it.
        return mayBe("object", node.node) || needs(node.node);
      case "union":
        return (
          node.branches.some(needs) ||
          (["object", "array"] as const).some(
            (type) => node.byType?.[type] === undefined && node.branches.some((branch) => mayBe(type, branch)),
          )
        );
      case "ref":
        return needs(plan.defs?.[node.to]);
      case "members":
      case "entries":
      case "json":
        return true;
      case "text":
      case "atom":
      case "any":
        return false;
    }
  }

  /** On the wire. */
  function mayBe(type: "object" | "array", node: PlanNode | undefined, around: readonly PlanNode[] = []): boolean {
    if (node === undefined || around.includes(node)) return false;
    const inner = (next: PlanNode | undefined): boolean => mayBe(type, next, [...around, node]);
    switch (node.kind) {
      case "object":
        return type === "object";
      case "list":
      case "tuple":
        return type === "array";
      case "unwrap":
        return type === "object" || inner(node.node);
      case "union":
        return node.branches.some(inner);
      case "ref":
        return inner(plan.defs?.[node.to]);
      case "any":
        return true;
      default:
        return false;
    }
  }
}
