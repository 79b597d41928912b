import { type FieldShape, type Shape, unite, unknownShape } from "./shape.js";

/**
 * A schema that names no type takes every kind of value its keywords don't speak of. Where such a schema describes a part (a field,
 * an item), the part's type is a union with the other kinds; the named type itself stays the interface its author had in mind.
 */
export function admitOtherKinds<K>(shapes: ReadonlyMap<K, Shape>): ReadonlyMap<K, Shape> {
  const lookUp = (key: string): Shape => shapes.get(key as K) ?? unknownShape;
  return new Map([...shapes].map(([key, shape]) => [key, within(shape, lookUp)]));
}

type LookUp = (key: string) => Shape;

/** The shape with its parts widened, itself as it is. */
function within(shape: Shape, lookUp: LookUp): Shape {
  const part = (inner: Shape): Shape => widened(inner, lookUp);
  switch (shape.kind) {
    case "union":
    case "intersection":
      return { ...shape, of: shape.of.map((inner) => within(inner, lookUp)) };
    case "array":
      return { ...shape, item: part(shape.item) };
    case "tuple":
      return { ...shape, items: shape.items.map(part), ...(shape.rest && { rest: part(shape.rest) }) };
    case "object": {
      const fields = new Map([...shape.fields].map(([key, field]): [string, FieldShape] => [key, { ...field, shape: part(field.shape) }]));
      return { ...shape, fields, ...(shape.index && { index: { ...shape.index, shape: part(shape.index.shape) } }) };
    }
    default:
      return shape;
  }
}

function widened(shape: Shape, lookUp: LookUp): Shape {
  const inner = within(shape, lookUp);
  const spoken = new Set<string>();
  if (!isLoose(shape, { lookUp, spoken, through: new Set() })) return inner;
  return unite([inner, ...otherKinds.filter(([kind]) => !spoken.has(kind)).map(([, other]) => other)]);
}

const otherKinds: readonly (readonly [string, Shape])[] = [
  ["object", { kind: "object", fields: new Map(), closed: false, loose: false }],
  ["array", { kind: "array", item: unknownShape, loose: false }],
  ["string", { kind: "scalar", type: "string" }],
  ["number", { kind: "scalar", type: "number" }],
  ["boolean", { kind: "scalar", type: "boolean" }],
  ["null", { kind: "scalar", type: "null" }],
];

interface Looking {
  readonly lookUp: LookUp;
  /** Takes the kinds of which the shape says something. */
  readonly spoken: Set<string>;
  readonly through: Set<string>;
}

/** Whether values of other kinds than a shape speaks of pass as well. An intersection has to pass them in every part. */
function isLoose(shape: Shape, at: Looking): boolean {
  switch (shape.kind) {
    case "object":
    case "array":
    case "tuple":
      if (shape.loose) at.spoken.add(shape.kind === "object" ? "object" : "array");
      return shape.loose;
    case "union":
      return shape.of.map((part) => isLoose(part, at)).includes(true);
    case "intersection":
      return !shape.of.map((part) => isLoose(part, at)).includes(false);
    case "ref": {
      if (at.through.has(shape.key)) return false;
      at.through.add(shape.key);
      return isLoose(at.lookUp(shape.key), at);
    }
    default:
      return false;
  }
}
