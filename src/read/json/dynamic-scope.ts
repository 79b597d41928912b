import type { JsonNode } from "./json-node.js";
import type { Resource } from "./schema-index.js";

/**
 * What `$dynamicRef` and `$recursiveRef` see at one point of the evaluation: for each dynamic anchor, the outermost resource entered
 * so far that has it. There are finitely many of these states, so a schema with dynamic references becomes one without: each
 * definition is written once for each state it is reached in.
 */
export interface DynamicScope {
  /** Equal for equal states. */
  readonly key: string;
  readonly anchors: ReadonlyMap<string, JsonNode>;
}

export const emptyScope: DynamicScope = { key: "", anchors: new Map() };

/** `$recursiveAnchor: true` is an anchor without a name; no `$dynamicAnchor` is empty. */
export const recursiveAnchorName = "";

/** The state after a resource is entered. */
export function enterResource(scope: DynamicScope, resource: Resource): DynamicScope {
  const fresh = [...resource.dynamicAnchors].filter(([name]) => !scope.anchors.has(name));
  if (resource.recursive && !scope.anchors.has(recursiveAnchorName)) fresh.push([recursiveAnchorName, resource.root]);
  if (fresh.length === 0) return scope;
  const anchors = new Map([...scope.anchors, ...fresh]);
  const key = `${scope.key} ${fresh.map(([name]) => `${JSON.stringify(name)}=${resource.uri}`).join(" ")}`;
  return { key, anchors };
}
