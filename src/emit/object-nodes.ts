import type { ObjectPlan, Plan, PlanNode } from "@schemacast/runtime/v1";

/** The object nodes of a plan, each once, in the order in which the runtime meets them (`compilePlan`), from the root. */
export function objectNodes(plan: Plan): readonly ObjectPlan[] {
  const met = new Set<PlanNode>();
  const objects: ObjectPlan[] = [];
  visit(plan.root);
  return objects;

  function visit(node: PlanNode | undefined): void {
    if (node === undefined || met.has(node)) return;
    met.add(node);
    if (node.kind === "object") {
      objects.push(node);
      for (const field of Object.values(node.fields)) visit(field.node);
      visit(node.extras?.value);
    } else if (node.kind === "ref") visit(plan.defs?.[node.to]);
    else if (node.kind === "list") visit(node.item);
    else if (node.kind === "tuple") for (const item of [...node.items, node.rest]) visit(item);
    else if (node.kind === "members") for (const item of [...node.items, node.rest?.item]) visit(item);
    else if (node.kind === "entries") visit(node.value);
    else if (node.kind === "unwrap") visit(node.node);
    else if (node.kind === "union") for (const branch of node.branches) visit(branch);
  }
}
