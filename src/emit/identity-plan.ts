import type { Plan, PlanNode } from "@schemacast/runtime/v1";

/** Whether what comes over the wire is the value as it stands: then nothing has to be decoded, and nothing is copied. */
export function isIdentity({ root, defs = {} }: Plan): boolean {
  const met = new Set<PlanNode>();
  return leaves(root);

  function leaves(node: PlanNode | undefined): boolean {
    if (node === undefined || met.has(node)) return true;
    met.add(node);
    switch (node.kind) {
      case "text":
      case "atom":
      case "any":
        return true;
      case "object":
        return (
          node.extras === undefined &&
          Object.values(node.fields).every(
            (field) => field.name === undefined && field.nullIsAbsent !== true && field.aside !== true && leaves(field.node),
          )
        );
      case "list":
        return leaves(node.item);
      case "tuple":
        return [...node.items, node.rest].every(leaves);
      case "union":
        return node.branches.every(leaves);
      case "ref":
        return leaves(Object.hasOwn(defs, node.to) ? defs[node.to] : undefined);
      default:
        return false;
    }
  }
}
