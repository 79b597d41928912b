import type { NamedShape } from "./file-shapes.js";
import { type ObjectShape, type Shape, type TupleShape, unite } from "./shape.js";

/**
 * The schemas given to json-schema-to-typescript. They are trees without references, made new from the shapes, so that none of the
 * input's own text is read by the package as anything but text: names and doc comments are placeholders that `tidy-types.ts`
 * replaces, property keys carry a mark, other types are named by `tsType`, constants are plain scalars. What the package prints wrongly (prefixItems, `not`,
 * siblings of `$ref`, typeless nodes, bounds as tuples, references in order of use) never reaches it.
 */
export interface PackageSchema {
  readonly [keyword: string]: unknown;
}

/**
 * Stands before each property key, so that no key can be taken for a keyword, and before the index of its doc comment, so that
 * properties of one type are one schema to the package. From a private use area: `quote` would escape it.
 */
export const keyMark = "\uE000";

/** Stands before a string constant that begins with one of the marks. */
export const valueMark = "\uE001";

/** The placeholder for the type at an index, and for the doc comment at one. */
export const typePlace = (index: number): string => `T${index}_`;
export const docPlace = (index: number): string => `C${index}_`;

/** Tuples with more optional items than this become lists of any of their items: the package writes out every length. */
const longestOptionalTuple = 12;

/** What the package is to print, and the doc comments for it. */
export interface TypesProjection {
  /** One schema for all types of a file; property `n` of it is type `n`. */
  readonly schema: PackageSchema;
  readonly docs: readonly string[];
}

/** Where projected parts look up names and leave their doc comments. */
interface Projecting {
  readonly nameOf: (key: string) => string;
  readonly docs: string[];
  /** Parts that hold no others, by what they say: the package goes some twenty times over each object it is given, over one it knows once. */
  readonly leaves: Map<string, PackageSchema>;
}

export function forTypes(types: readonly NamedShape[]): TypesProjection {
  const indexes = new Map(types.map((named, index) => [named.name, index]));
  const docs: string[] = [];
  const leaves = new Map<string, PackageSchema>();
  const properties = types.map((named, index) => {
    const nameOf = (key: string): string => typePlace(indexes.get(named.nameOf(key)) ?? 0);
    const at: Projecting = { nameOf, docs, leaves };
    return [typePlace(index), { ...described(named.doc, at), ...project(named.shape, at), title: typePlace(index) }] as const;
  });
  return { schema: { title: "All", type: "object", properties: Object.fromEntries(properties), additionalProperties: false }, docs };
}

function described(doc: string, at: Projecting): PackageSchema {
  if (doc === "") return {};
  at.docs.push(doc);
  return { description: docPlace(at.docs.length - 1) };
}

function project(shape: Shape, at: Projecting): PackageSchema {
  switch (shape.kind) {
    case "unknown":
    case "never":
      return leaf("tsType", shape.kind, at);
    case "present":
      return leaf("tsType", presentType, at);
    case "scalar":
      return shape.date ? leaf("tsType", "Date", at) : leaf("type", shape.type, at);
    case "literal":
      return { enum: [markedValue(shape.value)] };
    case "ref":
      return leaf("tsType", at.nameOf(shape.key), at);
    case "array":
      return { type: "array", items: project(shape.item, at) };
    case "tuple":
      return projectTuple(shape, at);
    case "object":
      return projectObject(shape, at);
    case "union":
      return projectUnion(shape.of, at);
    case "intersection":
      return { allOf: shape.of.map((part) => project(part, at)) };
  }
}

function leaf(keyword: "type" | "tsType", value: string, { leaves }: Projecting): PackageSchema {
  const key = `${keyword} ${value}`;
  const schema = leaves.get(key) ?? { [keyword]: value };
  leaves.set(key, schema);
  return schema;
}

function projectUnion(of: readonly Shape[], at: Projecting): PackageSchema {
  if (of.every((part) => part.kind === "literal")) return { enum: of.map((part) => markedValue(part.value)) };
  return { anyOf: of.map((part) => project(part, at)) };
}

function markedValue(value: string | number | boolean | null): string | number | boolean | null {
  return typeof value === "string" && (value.startsWith(keyMark) || value.startsWith(valueMark)) ? valueMark + value : value;
}

function projectTuple(shape: TupleShape, at: Projecting): PackageSchema {
  const { items, rest, required } = shape;
  if (items.length === 0) return rest ? { type: "array", items: project(rest, at) } : { tsType: "[]" };
  if (items.length - required > longestOptionalTuple) {
    return { type: "array", items: project(unite(rest ? [...items, rest] : items), at) };
  }
  return {
    type: "array",
    items: items.map((item) => project(item, at)),
    ...(required > 0 && { minItems: required }),
    ...(rest ? { additionalItems: project(rest, at) } : { maxItems: items.length, additionalItems: false }),
  };
}

function projectObject(shape: ObjectShape, at: Projecting): PackageSchema {
  if (shape.fields.size === 0 && !shape.index) return { tsType: emptyObject(shape) };
  const properties: Record<string, PackageSchema> = {};
  const required: string[] = [];
  for (const [key, field] of shape.fields) {
    const marked = `${keyMark}${field.doc === "" ? "" : at.docs.push(field.doc) - 1}${keyMark}${key}`;
    properties[marked] = project(field.shape, at);
    if (field.required) required.push(marked);
  }
  return {
    type: "object",
    properties,
    required,
    additionalProperties: shape.index ? project(shape.index.shape, at) : false,
  };
}

/** `unknown` without `undefined`. */
export const presentType = "({} | null)";

/** `{}` alone would admit strings and numbers too. */
export function emptyObject(shape: ObjectShape): string {
  return shape.closed ? "{ [key: string]: never }" : "{ [key: string]: unknown }";
}
