import type { RuleContext } from "../context.js";
import type { WireDocument } from "../wire.js";

/** The root has to be an object: everything else becomes its `value`. */
export function wrapRoot(document: WireDocument, context: Pick<RuleContext, "note">): WireDocument {
  const { root, defs } = document;
  if (root.kind === "object" || root.kind === "members") return document;
  const target = root.kind === "ref" ? defs[root.to] : undefined;
  if (target?.kind === "object" || target?.kind === "members") return { root: target, defs };
  context.note("root-wrap", "", "the root is sent as the property value of an object");
  const { description, ...node } = root;
  return { root: { kind: "unwrap", origin: "", key: "value", node, ...(description !== undefined && { description }) }, defs };
}
