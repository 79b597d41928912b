/**
 * What a TypeScript type can say of a schema: the common ground of the full types (`for-types.ts`) and the partial types
 * (`partial-types.ts`). A shape admits every value its schema admits, keys that the schema doesn't mention set aside; it may admit more.
 */
export type Shape =
  | { readonly kind: "unknown" }
  | { readonly kind: "never" }
  /** Any value at all, as opposed to none. */
  | { readonly kind: "present" }
  | ScalarShape
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | ArrayShape
  | TupleShape
  | ObjectShape
  | { readonly kind: "union"; readonly of: readonly Shape[] }
  | { readonly kind: "intersection"; readonly of: readonly Shape[] }
  /** `$defs[key]` of the same document. */
  | { readonly kind: "ref"; readonly key: string };

export interface ScalarShape {
  readonly kind: "scalar";
  readonly type: "string" | "number" | "boolean" | "null";
  /** A date-time string whose value becomes a Date (`x-revive`). */
  readonly date?: true;
}

export interface ArrayShape {
  readonly kind: "array";
  readonly item: Shape;
  /** See ObjectShape. */
  readonly loose: boolean;
}

export interface TupleShape {
  readonly kind: "tuple";
  readonly items: readonly Shape[];
  /** How many of the items must be there. */
  readonly required: number;
  readonly rest?: Shape;
  /** See ObjectShape. */
  readonly loose: boolean;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** What undeclared keys hold, where the schema says so. */
  readonly index?: IndexShape;
  /** No undeclared keys at all. Told apart only where there are no fields. */
  readonly closed: boolean;
  /** The schema names no type, so that other kinds of values pass too: see `admit-other-kinds.ts`. Printed as an object. */
  readonly loose: boolean;
}

export interface FieldShape {
  readonly shape: Shape;
  readonly required: boolean;
  /** While the value arrives the field is whole or absent (`x-stream: "atomic"`). */
  readonly whole?: true;
  /** Text of the doc comment, tags included. */
  readonly doc: string;
}

export interface IndexShape {
  readonly shape: Shape;
  /** `true`: holds for some undeclared keys only (`patternProperties`), so it says nothing of keys that others declare. */
  readonly some: boolean;
}

export const unknownShape: Shape = { kind: "unknown" };
export const neverShape: Shape = { kind: "never" };

/** A shape as a text that is equal for equal shapes, doc comments set aside. */
export function shapeKey(shape: Shape): string {
  switch (shape.kind) {
    case "unknown":
    case "never":
    case "present":
      return shape.kind;
    case "scalar":
      return shape.date ? "date" : shape.type;
    case "literal":
      return JSON.stringify(shape.value);
    case "ref":
      return `#${JSON.stringify(shape.key)}`;
    case "array":
      return `[${shapeKey(shape.item)}*]`;
    case "tuple":
      return `[${shape.required}:${shape.items.map(shapeKey).join(",")}${shape.rest ? `,${shapeKey(shape.rest)}*` : ""}]`;
    case "object": {
      const fields = [...shape.fields].map(([key, field]) => `${JSON.stringify(key)}${field.required ? "" : "?"}:${shapeKey(field.shape)}`);
      const index = shape.index ? `[${shape.index.some ? "~" : ""}${shapeKey(shape.index.shape)}]` : "";
      return `{${fields.join(",")}${index}${shape.closed ? "!" : ""}}`;
    }
    case "union":
    case "intersection":
      return `(${shape.of.map(shapeKey).join(shape.kind === "union" ? "|" : "&")})`;
  }
}

/** How much text a shape makes, roughly: the number of its parts. */
export function shapeWeight(shape: Shape): number {
  switch (shape.kind) {
    case "array":
      return 1 + shapeWeight(shape.item);
    case "tuple":
      return shape.items.reduce((sum, item) => sum + shapeWeight(item), 1 + (shape.rest ? shapeWeight(shape.rest) : 0));
    case "object":
      return [...shape.fields.values()].reduce(
        (sum, field) => sum + 1 + shapeWeight(field.shape),
        1 + (shape.index ? shapeWeight(shape.index.shape) : 0),
      );
    case "union":
    case "intersection":
      return shape.of.reduce((sum, part) => sum + shapeWeight(part), 0);
    default:
      return 1;
  }
}

/** `A | B | …`, flattened, without repetitions and without what a wider member covers. */
export function unite(shapes: readonly Shape[]): Shape {
  const [first] = shapes;
  if (shapes.length === 1 && first) return first;
  const flat = shapes.flatMap((shape) => (shape.kind === "union" ? shape.of : [shape])).filter((shape) => shape.kind !== "never");
  if (flat.some((shape) => shape.kind === "unknown")) return unknownShape;
  const scalars = new Set(flat.map((shape) => (shape.kind === "scalar" && !shape.date ? shape.type : "")));
  const seen = new Set<string>();
  const kept = flat.filter((shape) => {
    if (shape.kind === "literal" && scalars.has(literalType(shape.value))) return false;
    const key = shapeKey(shape);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  const bool = kept.filter((shape) => shape.kind === "literal" && typeof shape.value === "boolean");
  const of =
    bool.length < 2
      ? kept
      : kept.flatMap((shape): Shape[] => (shape === bool[0] ? [{ kind: "scalar", type: "boolean" }] : bool.includes(shape) ? [] : [shape]));
  const only = of[0];
  if (only === undefined) return neverShape;
  return of.length === 1 ? only : { kind: "union", of };
}

export function literalType(value: string | number | boolean | null): ScalarShape["type"] {
  return value === null ? "null" : (typeof value as "string" | "number" | "boolean");
}

/** The one shape of a constant: objects and arrays become closed shapes of literals. */
export function literalShape(value: unknown): Shape {
  if (value === null || typeof value === "string" || typeof value === "boolean") return { kind: "literal", value };
  // JSON text such as 1e999 reads as Infinity, which has no literal type.
  if (typeof value === "number") return Number.isFinite(value) ? { kind: "literal", value } : { kind: "scalar", type: "number" };
  if (Array.isArray(value)) return { kind: "tuple", items: value.map(literalShape), required: value.length, loose: false };
  if (typeof value !== "object") return unknownShape;
  const fields = new Map(Object.entries(value).map(([key, member]) => [key, { shape: literalShape(member), required: true, doc: "" }]));
  return { kind: "object", fields, closed: true, loose: false };
}
