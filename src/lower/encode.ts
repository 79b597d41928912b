import { canonicalText, isObject, jsonType, matches, own, pointerSegment, setOwn } from "./json.js";
import { keepsSent } from "./keeps-sent.js";
import type { Lowering } from "./lowering.js";
import type { Wire, WireDocument, WireEntries, WireMembers, WireObject, WireUnion } from "./wire.js";

/** A value as it travels. */
export interface Encoded {
  readonly wire: unknown;
  /** JSON pointers of what has no place on the wire: undeclared keys of closed objects, items after a tuple's last. */
  readonly dropped: readonly string[];
}

/**
 * Puts a value into the form in which it travels: the counterpart of `decode`. Undefined where the lowered schema has no place
 * for it (it is not valid, or valid by a part of the schema that is not asked for).
 */
export function encode(lowering: Pick<Lowering, "wire">, value: unknown): Encoded | undefined {
  const dropped: string[] = [];
  const wire = toWire(lowering.wire.root, value, { document: lowering.wire, at: "", dropped });
  return wire === unfit ? undefined : { wire, dropped };
}

/** Stands for: this node can't say that value. */
const unfit = Symbol("unfit");

interface Way {
  readonly document: WireDocument;
  readonly at: string;
  readonly dropped: string[];
}

function toWire(node: Wire, value: unknown, way: Way): unknown {
  switch (node.kind) {
    case "scalar":
      return fitsScalar(node, value) ? value : unfit;
    case "json":
      return jsonText(node, value, way);
    case "object":
      return isObject(value) ? objectToWire(node, value, way) : unfit;
    case "list":
      return Array.isArray(value) ? each(value, () => node.item, way) : unfit;
    case "tuple":
      if (!Array.isArray(value) || (node.rest === undefined && value.length > node.items.length)) return unfit;
      return each(value, (index) => node.items[index] ?? node.rest, way);
    case "members":
      return Array.isArray(value) ? membersToWire(node, value, way) : unfit;
    case "entries":
      return isObject(value) ? entriesOf(Object.entries(value), node, way) : unfit;
    case "unwrap": {
      const inner = toWire(node.node, value, way);
      return inner === unfit ? unfit : { [node.key]: inner };
    }
    case "union":
      return unionToWire(node, value, way);
    case "ref": {
      const target = own(way.document.defs, node.to);
      return target === undefined ? unfit : toWire(target, value, way);
    }
  }
}

function fitsScalar(node: Extract<Wire, { kind: "scalar" }>, value: unknown): boolean {
  const type = jsonType(value);
  if (node.type === "integer" ? !Number.isInteger(value) : node.type !== type) return false;
  if (node.sent !== undefined && !keepsSent(node.sent, value)) return false;
  return node.enum === undefined || node.enum.some((allowed) => allowed === value);
}

function jsonText(node: Extract<Wire, { kind: "json" }>, value: unknown, way: Way): unknown {
  if (node.of !== undefined && !node.of.includes(jsonType(value))) return unfit;
  if (node.enum?.length === 1 && node.enum[0] === "{}" && isObject(value)) {
    // An object of which nothing is asked for.
    way.dropped.push(...Object.keys(value).map((key) => `${way.at}${pointerSegment(key)}`));
    return "{}";
  }
  if (node.enum === undefined) return JSON.stringify(value);
  const text = canonicalText(value);
  return node.enum.find((allowed) => canonicalText(JSON.parse(allowed)) === text) ?? unfit;
}

function objectToWire(node: WireObject, value: { readonly [key: string]: unknown }, way: Way): unknown {
  const out: { [key: string]: unknown } = {};
  const declared = new Set<string>();
  for (const field of node.fields) {
    const name = field.name ?? field.key;
    if (field.aside) {
      setOwn(out, field.key, "");
      continue;
    }
    declared.add(name);
    if (!Object.hasOwn(value, name)) {
      if (field.required && !field.nullable) return unfit;
      if (field.nullable) setOwn(out, field.key, null);
      continue;
    }
    const inner = toWire(field.node, value[name], below(way, name));
    if (inner === unfit && !field.conditional) return unfit;
    if (inner === unfit) way.dropped.push(`${way.at}${pointerSegment(name)}`);
    if (inner !== unfit) setOwn(out, field.key, inner);
    else if (field.nullable) setOwn(out, field.key, null);
  }
  const further = Object.entries(value).filter(([key]) => !declared.has(key));
  if (node.extras !== undefined && further.length > 0) {
    const entries = entriesOf(further, node.extras, way);
    if (entries === unfit) return unfit;
    setOwn(out, node.extras.key, entries);
  } else if (node.extras === undefined) way.dropped.push(...further.map(([key]) => `${way.at}${pointerSegment(key)}`));
  return out;
}

function entriesOf(
  members: readonly (readonly [string, unknown])[],
  { value: node, keys }: Pick<WireEntries, "value" | "keys">,
  way: Way,
): unknown {
  const entries: unknown[] = [];
  for (const [key, value] of members) {
    const inner = toWire(node, value, below(way, key));
    if (inner !== unfit) entries.push({ key, value: inner });
    else if (keys === undefined || keys.some((pattern) => matches(pattern, key))) return unfit;
    else way.dropped.push(`${way.at}${pointerSegment(key)}`);
  }
  return entries;
}

function membersToWire(node: WireMembers, value: readonly unknown[], way: Way): unknown {
  if (value.length < node.least) return unfit;
  const out: { [key: string]: unknown } = {};
  for (const [index, item] of node.items.entries()) {
    if (index >= value.length) return out;
    const inner = toWire(item, value[index], below(way, index));
    if (inner === unfit) return unfit;
    setOwn(out, node.keys[index] ?? "", inner);
  }
  const more = value.slice(node.items.length);
  const { rest } = node;
  if (rest === undefined) {
    way.dropped.push(...more.map((_item, index) => `${way.at}${pointerSegment(node.items.length + index)}`));
    return out;
  }
  if (more.length === 0) return out;
  const tail = each(more, () => rest.item, way);
  if (tail === unfit) return unfit;
  setOwn(out, rest.key, tail);
  return out;
}

function each(values: readonly unknown[], nodeAt: (index: number) => Wire | undefined, way: Way): unknown {
  const out: unknown[] = [];
  for (const [index, value] of values.entries()) {
    const node = nodeAt(index);
    const inner = node === undefined ? unfit : toWire(node, value, below(way, index));
    if (inner === unfit) return unfit;
    out.push(inner);
  }
  return out;
}

/** The branch that keeps the whole value, else the one that drops least. */
function unionToWire(node: WireUnion, value: unknown, way: Way): unknown {
  let best: { readonly wire: unknown; readonly dropped: readonly string[] } | undefined;
  for (const branch of node.branches) {
    const dropped: string[] = [];
    const wire = toWire(branch, value, { ...way, dropped });
    if (wire !== unfit && (best === undefined || dropped.length < best.dropped.length)) best = { wire, dropped };
    if (best?.dropped.length === 0) break;
  }
  if (best === undefined) return unfit;
  way.dropped.push(...best.dropped);
  return best.wire;
}

function below(way: Way, key: string | number): Way {
  return { ...way, at: `${way.at}${pointerSegment(key)}` };
}
