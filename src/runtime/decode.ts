import { isObject } from "./call/is-object.js";
import type { JsonObject, ObjectPlan, Plan, PlanNode, UnionPlan } from "./spec.js";

/** Values nested deeper than this are left as they came: the rest of the way would outgrow the call stack. */
const deepest = 1000;

/** Turns wire JSON into the original schema's shape. Never throws: what does not fit the plan is left as it is, for the validator. */
export function decode(plan: Plan, wire: unknown): unknown {
  return undo(plan.root, wire, { plan, depth: 0 });
}

interface Way {
  readonly plan: Plan;
  readonly depth: number;
}

function undo(node: PlanNode, wire: unknown, { plan, depth }: Way): unknown {
  if (depth > deepest) return wire;
  const way = { plan, depth: depth + 1 };
  switch (node.kind) {
    case "json":
      return parsed(wire);
    case "object":
      return isObject(wire) ? undoObject(node, wire, way) : wire;
    case "list":
      return Array.isArray(wire) ? wire.map((item) => undo(node.item, item, way)) : wire;
    case "tuple":
      return Array.isArray(wire) ? wire.map((item, index) => undo(node.items[index] ?? node.rest ?? any, item, way)) : wire;
    case "members": {
      if (!isObject(wire)) return wire;
      const present = node.keys.findIndex((key) => !Object.hasOwn(wire, key));
      const list = node.items
        .slice(0, present < 0 ? undefined : present)
        .map((item, index) => undo(item, wire[node.keys[index] ?? ""], way));
      const rest = present < 0 && node.rest && wire[node.rest.key];
      return Array.isArray(rest) ? [...list, ...rest.map((item) => undo(node.rest?.item ?? any, item, way))] : list;
    }
    case "entries": {
      const entries = isObject(wire) ? Object.entries(wire) : pairs(wire);
      return entries ? Object.fromEntries(entries.map(([key, value]) => [key, undo(node.value, value, way)])) : wire;
    }
    case "unwrap":
      return undo(node.node, isObject(wire) && Object.hasOwn(wire, node.key) ? wire[node.key] : wire, way);
    case "union": {
      const branch = node.branches[node.branches.length === 1 ? 0 : (branchOf(node, wire) ?? -1)];
      return branch ? undo(branch, wire, way) : wire;
    }
    case "ref":
      return undo(plan.defs?.[node.to] ?? any, wire, way);
    default:
      return wire;
  }
}

const any: PlanNode = { kind: "any" };

function undoObject({ fields, extras }: ObjectPlan, wire: JsonObject, way: Way): unknown {
  // By way of entries, because an assignment to `__proto__` would set no property.
  const out: [string, unknown][] = [];
  for (const [key, value] of Object.entries(wire)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (key === extras?.key) {
      for (const [name, extra] of pairs(value) ?? []) if (!Object.hasOwn(fields, name)) out.push([name, undo(extras.value, extra, way)]);
    } else if (!field) out.push([key, value]);
    else if (!field.aside && !(value === null && field.nullIsAbsent)) out.push([field.name ?? key, undo(field.node, value, way)]);
  }
  return Object.fromEntries(out);
}

/** Index of the branch a whole value belongs to; undefined where the plan does not tell, which is where all branches are read alike. */
export function branchOf({ byType, byTag, byKey }: Pick<UnionPlan, "byType" | "byTag" | "byKey">, wire: unknown): number | undefined {
  const type = wire === null ? "null" : Array.isArray(wire) ? "array" : typeof wire;
  const only = byType && Object.hasOwn(byType, type) ? byType[type as keyof typeof byType] : undefined;
  if (only !== undefined || !isObject(wire)) return only;
  const tag = byTag && Object.hasOwn(wire, byTag.key) ? String(wire[byTag.key]) : undefined;
  if (byTag && tag !== undefined && Object.hasOwn(byTag.cases, tag)) return byTag.cases[tag];
  const key = byKey && Object.keys(wire).find((name) => Object.hasOwn(byKey, name));
  return key === undefined ? undefined : byKey?.[key];
}

/** Keys and values of an entries list; undefined if it is none. */
function pairs(wire: unknown): [string, unknown][] | undefined {
  const isList = Array.isArray(wire) && wire.every((entry) => isObject(entry) && typeof entry["key"] === "string");
  return isList ? wire.map((entry) => [entry.key, entry.value]) : undefined;
}

function parsed(wire: unknown): unknown {
  if (typeof wire !== "string") return wire;
  try {
    return JSON.parse(wire);
  } catch {
    return wire;
  }
}
