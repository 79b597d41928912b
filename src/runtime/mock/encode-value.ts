import { isObject } from "../call/is-object.js";
import { decode } from "../decode.js";
import type { JsonObject, ObjectPlan, Plan, PlanNode } from "../spec.js";

/**
 * Puts a value into the form in which a model sends it: the counterpart of `decode`, for tests. What does not fit the plan is left as
 * it is, so that an invalid value arrives as the same invalid value.
 */
export function encodeValue(plan: Plan, value: unknown): unknown {
  return encodeNode(plan.root, value, plan);
}

function encodeNode(node: PlanNode, value: unknown, plan: Plan): unknown {
  switch (node.kind) {
    case "json":
      return JSON.stringify(value);
    case "object":
      return isObject(value) ? encodeObject(node, value, plan) : value;
    case "list":
      return Array.isArray(value) ? value.map((item) => encodeNode(node.item, item, plan)) : value;
    case "tuple":
      return Array.isArray(value) ? value.map((item, index) => encodeNode(node.items[index] ?? node.rest ?? any, item, plan)) : value;
    case "members": {
      if (!Array.isArray(value)) return value;
      const out = {};
      const { keys, items, rest } = node;
      for (const [index, item] of value.slice(0, items.length).entries())
        put(out, keys[index] ?? "", encodeNode(items[index] ?? any, item, plan));
      const more = value.slice(items.length);
      if (rest && more.length > 0)
        put(
          out,
          rest.key,
          more.map((item) => encodeNode(rest.item, item, plan)),
        );
      return out;
    }
    case "entries":
      return isObject(value) ? entriesOf(Object.entries(value), node.value, plan) : value;
    case "unwrap":
      return { [node.key]: encodeNode(node.node, value, plan) };
    case "union":
      return encodeUnion(node, value, plan);
    case "ref":
      return encodeNode(plan.defs?.[node.to] ?? any, value, plan);
    default:
      return value;
  }
}

const any: PlanNode = { kind: "any" };

function encodeObject({ fields, extras }: ObjectPlan, value: JsonObject, plan: Plan): unknown {
  const out = {};
  const further = new Map(Object.entries(value));
  for (const [key, field] of Object.entries(fields)) {
    const name = field.name ?? key;
    if (field.aside) put(out, key, "");
    else if (further.has(name)) put(out, key, encodeNode(field.node, further.get(name), plan));
    further.delete(name);
  }
  if (extras && further.size > 0) put(out, extras.key, entriesOf([...further], extras.value, plan));
  else for (const [key, inner] of further) put(out, key, inner);
  return out;
}

function entriesOf(members: readonly (readonly [string, unknown])[], node: PlanNode, plan: Plan): unknown {
  return members.map(([key, inner]) => ({ key, value: encodeNode(node, inner, plan) }));
}

/** The union's own plan says on the way back which branch it was: the first whose encoding leads back to the value. */
function encodeUnion(node: PlanNode & { readonly kind: "union" }, value: unknown, plan: Plan): unknown {
  const text = JSON.stringify(value);
  for (const branch of node.branches) {
    const wire = encodeNode(branch, value, plan);
    if (sameJson(decode({ ...plan, root: node }, wire), text)) return wire;
  }
  return value;
}

function sameJson(value: unknown, text: string): boolean {
  return JSON.stringify(value) === text || JSON.stringify(sorted(value)) === JSON.stringify(sorted(JSON.parse(text)));
}

/** Keys in one order: the plan asks for them in its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

function put(out: object, key: string, value: unknown): void {
  Object.defineProperty(out, key, { value, writable: true, enumerable: true, configurable: true });
}
