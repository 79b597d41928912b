/** Where a token stands in its text, in UTF-16 units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

interface NodeBase extends Span {
  /** The object or array it stands in; the root has none. */
  readonly parent: JsonNode | undefined;
  /** Its key or index there. */
  readonly segment: string | undefined;
  /** The key's token, quotes included, for the value of an object's member. */
  readonly label: Span | undefined;
}

export interface JsonScalar extends NodeBase {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

export interface JsonArray extends NodeBase {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

export interface JsonObject extends NodeBase {
  readonly kind: "object";
  /** In the order of the text. A Map, so that `__proto__` and `constructor` are keys like any other. */
  readonly members: ReadonlyMap<string, JsonNode>;
}

/** A JSON value that knows its place in the text. */
export type JsonNode = JsonScalar | JsonArray | JsonObject;

/** The member of an object; undefined for what is no object or has no such key. */
export function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === "object" ? node.members.get(key) : undefined;
}

/** The text of a string node. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** A step down, as a JSON pointer's segment takes it. */
export function step(node: JsonNode, segment: string): JsonNode | undefined {
  if (node.kind === "object") return node.members.get(segment);
  return node.kind === "array" && /^(0|[1-9]\d*)$/.test(segment) ? node.items[Number(segment)] : undefined;
}

/** The segments that lead from its text's root to a node. */
export function segmentsOf(node: JsonNode): readonly string[] {
  const segments: string[] = [];
  for (let current: JsonNode | undefined = node; current?.segment !== undefined; current = current.parent) segments.push(current.segment);
  return segments.toReversed();
}

/** Sets an own key whatever its name: a plain assignment of `__proto__` would change the prototype instead. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** The plain value, as JSON.parse would give it. */
export function toData(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "array") return node.items.map(toData);
  const data: Record<string, unknown> = {};
  for (const [key, value] of node.members) setOwn(data, key, toData(value));
  return data;
}
