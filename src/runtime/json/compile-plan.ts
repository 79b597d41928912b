import type { Maker, Plan, PlanNode, StreamHandler } from "../spec.js";
import {
  ANY,
  ASIDE,
  ATOM,
  ENTRIES,
  ENTRY,
  EXTRAS,
  HELD,
  LIST,
  MEMBERS,
  NONE,
  NULL_IS_ABSENT,
  OBJECT,
  Shape,
  TEXT,
  UNION,
  UNWRAP,
} from "./shape.js";

/** The shape of a handler's value, or of a list of them; made once for each handler. */
export function shapeOf(handler: StreamHandler<unknown>, shape: "one" | "list"): Shape {
  handler.memo ??= {};
  const { plan, makers, memo } = handler;
  // Only this function writes the memo.
  return (memo[shape] ??= compilePlan(shape === "one" ? plan : listPlan(plan), makers)) as Shape;
}

/** `{ items: […] }` on the wire; a guided model may leave out what is around the array. */
function listPlan(plan: Plan): Plan {
  const list = { kind: "list", item: plan.root } as const;
  return {
    ...plan,
    root: { kind: "union", branches: [{ kind: "unwrap", key: "items", node: list }, list], byType: { object: 0, array: 1 } },
  };
}

/**
 * Makes a plan ready for the scanner.
 *
 * @param makers one for each object node, in the order in which they are met here; absent: objects are built key by key
 */
export function compilePlan(plan: Plan, makers: readonly (Maker | undefined)[] = []): Shape {
  const shapes = new Map<PlanNode, Shape>();
  let objects = 0;
  return compile(plan.root);

  function compile(node: PlanNode): Shape {
    if (node.kind === "ref") {
      const target = plan.defs?.[node.to];
      return target === undefined ? new Shape(ANY, node) : compile(target);
    }
    const known = shapes.get(node);
    if (known !== undefined) return known;
    const shape = new Shape(kinds[node.kind], node);
    shapes.set(node, shape);
    fill(shape, node);
    return shape;
  }

  function fill(shape: Shape, node: PlanNode): void {
    switch (node.kind) {
      case "object":
        return fillObject(shape, node);
      case "list":
        shape.item = compile(node.item);
        return;
      case "tuple":
        shape.fields = node.items.map(compile);
        shape.item = node.rest && compile(node.rest);
        return;
      case "members":
        shape.fields = node.items.map(compile);
        if (node.rest !== undefined) shape.fields = [...shape.fields, compile({ kind: "list", item: node.rest.item })];
        setKeys(shape, node.rest === undefined ? node.keys : [...node.keys, node.rest.key]);
        return;
      case "entries":
        shape.item = entry(node.value, node);
        return;
      case "unwrap":
        shape.fields = [compile(node.node)];
        setKeys(shape, [node.key]);
        return;
      case "union":
        shape.branches = node.branches.map(compile);
        return;
      case "text":
      case "atom":
      case "any":
      case "json":
      case "ref":
        return;
    }
  }

  function fillObject(shape: Shape, node: PlanNode & { kind: "object" }): void {
    shape.maker = makers[objects++];
    const wire = Object.keys(node.fields);
    const fields = Object.values(node.fields);
    const names = fields.map((field, at) => field.name ?? wire[at] ?? "");
    shape.fields = fields.map((field) => compile(field.node));
    shape.flags = fields.map((field) => (field.nullIsAbsent === true ? NULL_IS_ABSENT : 0) | (field.aside === true ? ASIDE : 0));
    if (node.extras !== undefined) {
      const extras = new Shape(EXTRAS, node);
      extras.item = entry(node.extras.value, node);
      wire.push(node.extras.key);
      names.push(node.extras.key);
      shape.fields = [...shape.fields, extras];
    }
    setKeys(shape, wire, names);
  }

  function entry(value: PlanNode, node: PlanNode): Shape {
    const shape = new Shape(ENTRY, node);
    shape.fields = [new Shape(ATOM, { kind: "atom" }), compile(value)];
    return setKeys(shape, ["key", "value"]);
  }
}

function setKeys(shape: Shape, wire: readonly string[], names: readonly string[] = wire): Shape {
  shape.wire = wire;
  shape.names = names;
  shape.codes = [...wire.map(codesOf), NONE];
  shape.flags = wire.map((_, at) => shape.flags[at] ?? 0);
  return shape;
}

function codesOf(key: string): readonly number[] {
  const text = JSON.stringify(key);
  return text === `"${key}"` ? `,${text}:`.split("").map((unit) => unit.charCodeAt(0)) : NONE;
}

const kinds: Readonly<Record<Exclude<PlanNode["kind"], "ref">, number>> = {
  text: TEXT,
  atom: ATOM,
  any: ANY,
  json: HELD,
  object: OBJECT,
  list: LIST,
  tuple: LIST,
  members: MEMBERS,
  entries: ENTRIES,
  unwrap: UNWRAP,
  union: UNION,
};
