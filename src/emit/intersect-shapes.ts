import {
  literalType,
  neverShape,
  type ArrayShape,
  type FieldShape,
  type ObjectShape,
  type Shape,
  shapeWeight,
  type TupleShape,
  unite,
  unknownShape,
} from "./shape.js";

/** `A & B & …`, worked out as far as that does not make the text longer; what is left stands as an intersection. */
export function intersect(shapes: readonly Shape[]): Shape {
  return shapes.reduce(intersectTwo, unknownShape);
}

function intersectTwo(a: Shape, b: Shape): Shape {
  if (a.kind === "unknown") return b;
  if (b.kind === "unknown") return a;
  if (a.kind === "present" || b.kind === "present") return a.kind === "present" ? b : a;
  if (a.kind === "never" || b.kind === "never") return neverShape;
  if (a.kind === "union" || b.kind === "union") return intersectUnions(a, b);
  if (a.kind === "ref" || b.kind === "ref" || a.kind === "intersection" || b.kind === "intersection") return standing(a, b);
  if (a.kind === "object" && b.kind === "object") return mergeObjects(a, b);
  if (isList(a) && isList(b)) return mergeLists(a, b);
  return intersectKinds(a, b);
}

/** Two shapes of which at least one is a scalar, a literal, or of another kind of container than the other. */
function intersectKinds(a: Shape, b: Shape): Shape {
  if ("loose" in a && a.loose) return b;
  if ("loose" in b && b.loose) return a;
  if (a.kind === "scalar" && b.kind === "scalar") return a.type !== b.type ? neverShape : a.date ? a : b;
  if (a.kind === "literal" && b.kind === "literal") return a.value === b.value ? a : neverShape;
  if (a.kind === "literal" && b.kind === "scalar") return literalType(a.value) === b.type ? a : neverShape;
  if (a.kind === "scalar" && b.kind === "literal") return literalType(b.value) === a.type ? b : neverShape;
  return neverShape;
}

function intersectUnions(a: Shape, b: Shape): Shape {
  const left = a.kind === "union" ? a.of : [a];
  const right = b.kind === "union" ? b.of : [b];
  if (left.length * right.length <= 4096) {
    const product = unite(left.flatMap((x) => right.map((y) => intersectTwo(x, y))));
    if (shapeWeight(product) <= shapeWeight(a) + shapeWeight(b)) return product;
  }
  return standing(a, b);
}

/** An intersection that TypeScript works out. An object without any field adds nothing to it. */
function standing(a: Shape, b: Shape): Shape {
  const parts = [a, b].flatMap((shape) => (shape.kind === "intersection" ? shape.of : [shape])).filter((shape) => !isAnyObject(shape));
  const merged: Shape[] = [];
  for (const part of parts) {
    const at = merged.findIndex((other) => other.kind === "object" && part.kind === "object");
    const other = merged[at];
    if (other?.kind === "object" && part.kind === "object") merged[at] = mergeObjects(other, part);
    else if (!merged.some((same) => same.kind === "ref" && part.kind === "ref" && same.key === part.key)) merged.push(part);
  }
  const only = merged[0];
  if (only === undefined) return a;
  return merged.length === 1 ? only : { kind: "intersection", of: merged };
}

function isAnyObject(shape: Shape): boolean {
  return shape.kind === "object" && shape.fields.size === 0 && shape.index === undefined && !shape.closed;
}

function isList(shape: Shape): shape is ArrayShape | TupleShape {
  return shape.kind === "array" || shape.kind === "tuple";
}

/** One object that satisfies both. A declared key of one side is also judged by what the other says of all its undeclared keys. */
export function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const fields = new Map<string, FieldShape>();
  for (const key of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const sides = [a, b].map((side): FieldShape => side.fields.get(key) ?? { shape: undeclared(side), required: false, doc: "" });
    const [left, right] = sides as [FieldShape, FieldShape];
    fields.set(key, {
      shape: intersectTwo(left.shape, right.shape),
      required: left.required || right.required,
      doc: left.doc || right.doc,
      ...((left.whole === true || right.whole === true) && { whole: true }),
    });
  }
  const index =
    a.index && b.index ? { shape: intersectTwo(a.index.shape, b.index.shape), some: a.index.some && b.index.some } : (a.index ?? b.index);
  // A side that is narrowed by patterns only leaves the other's keys free; so does one that is closed: two closed sides would
  // refuse every key, and authors of such schemas mean the sum of both.
  return { kind: "object", fields, closed: a.closed && b.closed, loose: a.loose && b.loose, ...(index && { index }) };
}

function undeclared(side: ObjectShape): Shape {
  return side.index && !side.index.some ? side.index.shape : unknownShape;
}

function mergeLists(a: ArrayShape | TupleShape, b: ArrayShape | TupleShape): Shape {
  const loose = a.loose && b.loose;
  if (a.kind === "array" && b.kind === "array") return { kind: "array", item: intersectTwo(a.item, b.item), loose };
  const length = Math.max(...[a, b].map((side) => (side.kind === "tuple" ? side.items.length : 0)));
  const items = Array.from({ length }, (_, index) => intersectTwo(itemAt(a, index), itemAt(b, index)));
  const rest = intersectTwo(itemAt(a, length), itemAt(b, length));
  const required = Math.max(...[a, b].map((side) => (side.kind === "tuple" ? side.required : 0)));
  return { kind: "tuple", items, required, loose, ...(rest.kind !== "never" && { rest }) };
}

function itemAt(side: ArrayShape | TupleShape, index: number): Shape {
  return side.kind === "array" ? side.item : (side.items[index] ?? side.rest ?? neverShape);
}
