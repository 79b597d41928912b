import type { Maker, Plan, PlanNode, StreamHandler } from "../spec.js";
import type { RareKinds } from "./rare-kinds.js";
import { ANY, ASIDE, ATOM, ENTRIES, HELD, LIST, MEMBERS, NONE, NULL_IS_ABSENT, OBJECT, Shape, TEXT, UNION, UNWRAP } from "./shape.js";

/** The shape of a handler's value, or of a list of them; made once for each handler. */
export function shapeOf(handler: StreamHandler<unknown>, shape: "one" | "list"): Shape {
  handler.memo ??= {};
  const { plan, makers, rare, memo } = handler;
  // Only this function writes the memo.
  return (memo[shape] ??= compilePlan(shape === "one" ? plan : listPlan(plan), makers, rare)) as Shape;
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
 * @throws {TypeError} for a plan of rare kinds without them
 */
export function compilePlan(plan: Plan, makers: readonly (Maker | undefined)[] = [], rare?: RareKinds): Shape {
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
      case "unwrap":
        shape.fields = [compile(node.node)];
        setKeys(shape, [node.key]);
        return;
      case "union":
        shape.branches = node.branches.map(compile);
        if (node.byTag !== undefined || node.byKey !== undefined) kindsFor("byTag or byKey");
        return;
      default:
        if (shape.kind >= HELD) kindsFor(node.kind).fill(shape, node, compile);
    }
  }

  function kindsFor(what: string): RareKinds {
    if (rare === undefined) throw new TypeError(`The plan has "${what}": its handler needs "rare: rareKinds".`);
    return rare;
  }

  function fillObject(shape: Shape, node: PlanNode & { kind: "object" }): void {
    shape.maker = makers[objects++];
    const wire = Object.keys(node.fields);
    const fields = Object.values(node.fields);
    shape.fields = fields.map((field) => compile(field.node));
    shape.flags = fields.map((field) => (field.nullIsAbsent === true ? NULL_IS_ABSENT : 0) | (field.aside === true ? ASIDE : 0));
    setKeys(
      shape,
      wire,
      fields.map((field, at) => field.name ?? wire[at] ?? ""),
    );
    if (shape.flags.some((flag) => (flag & ASIDE) !== 0)) kindsFor("aside");
    if (node.extras !== undefined) kindsFor("extras").fill(shape, node, compile);
  }
}

/** What an object's keys are on the wire and in the value. */
export function setKeys(shape: Shape, wire: readonly string[], names: readonly string[] = wire): Shape {
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
