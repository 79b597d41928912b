import { intersect } from "./intersect-shapes.js";
import { letOtherKindsPass } from "./loose-parts.js";
import { neverShape, type Shape, unite, unknownShape } from "./shape.js";

/** Beyond this many members TypeScript may refuse to work out an intersection of unions (TS2590 comes at 100,000). */
const widestProduct = 2000;

/**
 * Makes shapes that name each other safe to declare as types. `type A = A | string` is an error in TypeScript, and means no more than
 * `string`; references below a property or an item are fine as they are. Intersections of unions that would grow too wide lose their
 * widest parts. A field that one part of an intersection requires is required in all: `{ a: unknown } & { a?: string }` would let
 * undefined pass.
 */
export function settleShapes<K>(shapes: ReadonlyMap<K, Shape>): ReadonlyMap<K, Shape> {
  const result = new Map(shapes);
  const lookUp = (key: string): Shape => result.get(key as K) ?? unknownShape;
  for (const key of result.keys()) {
    const shape = result.get(key);
    if (shape) result.set(key, withoutSelf(shape, new Set([String(key)]), lookUp));
  }
  for (const [key, shape] of result) result.set(key, settled(shape, lookUp));
  return result;
}

/** The shape without the direct references that lead back to where they stand. */
function withoutSelf(shape: Shape, above: ReadonlySet<string>, lookUp: (key: string) => Shape): Shape {
  switch (shape.kind) {
    case "ref":
      return leadsBack(shape.key, above, lookUp, new Set()) ? unknownShape : shape;
    case "union":
      return unite(
        shape.of.map((part) =>
          part.kind === "ref" && leadsBack(part.key, above, lookUp, new Set()) ? neverShape : withoutSelf(part, above, lookUp),
        ),
      );
    case "intersection":
      return intersect(shape.of.map((part) => withoutSelf(part, above, lookUp)));
    default:
      return shape;
  }
}

function leadsBack(key: string, above: ReadonlySet<string>, lookUp: (key: string) => Shape, seen: Set<string>): boolean {
  if (above.has(key)) return true;
  if (seen.has(key)) return false;
  seen.add(key);
  return directReferences(lookUp(key)).some((next) => leadsBack(next, above, lookUp, seen));
}

function directReferences(shape: Shape): readonly string[] {
  if (shape.kind === "ref") return [shape.key];
  return shape.kind === "union" || shape.kind === "intersection" ? shape.of.flatMap(directReferences) : [];
}

/** How many members a shape has once TypeScript has worked it out. */
function width(shape: Shape, lookUp: (key: string) => Shape, depth = 0): number {
  if (depth > 20) return 1;
  switch (shape.kind) {
    case "ref":
      return width(lookUp(shape.key), lookUp, depth + 1);
    case "union":
      return shape.of.reduce((sum, part) => sum + width(part, lookUp, depth + 1), 0);
    case "intersection":
      return shape.of.reduce((product, part) => product * width(part, lookUp, depth + 1), 1);
    case "object":
    case "tuple":
    case "array":
      return 1;
    default:
      return 1;
  }
}

function settled(shape: Shape, lookUp: (key: string) => Shape): Shape {
  const inner = (part: Shape): Shape => settled(part, lookUp);
  switch (shape.kind) {
    case "union":
      return { ...shape, of: shape.of.map(inner) };
    case "intersection":
      return settledIntersection(shape.of.map(inner), lookUp);
    case "array":
      return { ...shape, item: inner(shape.item) };
    case "tuple":
      return { ...shape, items: shape.items.map(inner), ...(shape.rest && { rest: inner(shape.rest) }) };
    case "object": {
      const fields = new Map([...shape.fields].map(([key, field]) => [key, { ...field, shape: inner(field.shape) }]));
      return { ...shape, fields, ...(shape.index && { index: { ...shape.index, shape: inner(shape.index.shape) } }) };
    }
    default:
      return shape;
  }
}

function settledIntersection(of: readonly Shape[], lookUp: (key: string) => Shape): Shape {
  const passing = letOtherKindsPass(of, lookUp);
  if (passing !== of) return settled(intersect(passing), lookUp);
  let parts = of;
  while (parts.length > 1 && width({ kind: "intersection", of: parts }, lookUp) > widestProduct) {
    const widths = parts.map((part) => width(part, lookUp));
    parts = parts.toSpliced(widths.indexOf(Math.max(...widths)), 1);
  }
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const required = requiredKeys({ kind: "intersection", of: parts }, lookUp, 0);
  return { kind: "intersection", of: parts.map((part) => sparing(withRequired(part, required))) };
}

/** Patterns of keys say nothing of what the other parts declare, which an index signature would judge as well. */
function sparing(part: Shape): Shape {
  if (part.kind === "union") return { ...part, of: part.of.map(sparing) };
  return part.kind === "object" && part.index?.some ? { ...part, index: { shape: unknownShape, some: true } } : part;
}

/** Keys that every value of a shape has. */
function requiredKeys(shape: Shape, lookUp: (key: string) => Shape, depth: number): ReadonlySet<string> {
  if (depth > 8) return new Set();
  const next = (part: Shape): ReadonlySet<string> => requiredKeys(part, lookUp, depth + 1);
  switch (shape.kind) {
    case "object":
      return new Set([...shape.fields].filter(([, field]) => field.required).map(([key]) => key));
    case "ref":
      return next(lookUp(shape.key));
    case "intersection":
      return new Set(shape.of.flatMap((part) => [...next(part)]));
    case "union": {
      const [first, ...others] = shape.of.map(next);
      return new Set([...(first ?? [])].filter((key) => others.every((keys) => keys.has(key))));
    }
    default:
      return new Set();
  }
}

function withRequired(shape: Shape, keys: ReadonlySet<string>): Shape {
  if (shape.kind === "union") return { ...shape, of: shape.of.map((part) => withRequired(part, keys)) };
  if (shape.kind !== "object") return shape;
  return {
    ...shape,
    fields: new Map([...shape.fields].map(([key, field]) => [key, keys.has(key) ? { ...field, required: true } : field])),
  };
}
