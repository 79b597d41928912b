import type { AST, TCustomType, TInterfaceParam } from "json-schema-to-typescript/dist/src/types/AST.js";
import type { NamedShape } from "./file-shapes.js";
import { type ObjectShape, type Shape, type TupleShape, unite } from "./shape.js";

/**
 * Stands before each property key and before the index of its doc comment: `tidy-types.ts` writes both anew. From a private use area:
 * `quote` would escape it.
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
  /** Tree `n` is type `n`. */
  readonly trees: readonly AST[];
  readonly docs: readonly string[];
}

/** Where projected parts look up names and leave their doc comments. */
interface Projecting {
  readonly nameOf: (key: string) => string;
  readonly docs: string[];
  readonly print: (tree: AST) => string;
}

/**
 * The types as json-schema-to-typescript's own syntax trees, which its generator prints. Its way from a schema to such a tree goes some
 * twenty times over every object and gets wrong what a shape has right (prefixItems, `not`, siblings of `$ref`, typeless nodes, bounds
 * as tuples, references in order of use), so no schema is shown to it. None of the input's own text is read by the package as
 * anything but text: names and doc comments are placeholders that `tidy-types.ts` replaces, property keys carry a mark.
 *
 * @param print a tree as text, which the package remembers for each tree
 */
export function forTypes(types: readonly NamedShape[], print: (tree: AST) => string): TypesProjection {
  const indexes = new Map(types.map((named, index) => [named.name, index]));
  const docs: string[] = [];
  const trees = types.map((named, index) => {
    const nameOf = (key: string): string => typePlace(indexes.get(named.nameOf(key)) ?? 0);
    const comment = named.doc === "" ? {} : { comment: docPlace(docs.push(named.doc) - 1) };
    return { ...project(named.shape, { nameOf, docs, print }), ...comment, standaloneName: typePlace(index) };
  });
  return { trees, docs };
}

function project(shape: Shape, at: Projecting): AST {
  switch (shape.kind) {
    case "unknown":
    case "never":
      return custom(shape.kind);
    case "present":
      return custom(presentType);
    case "scalar":
      return shape.date ? custom("Date") : scalars[shape.type];
    case "literal":
      return { type: "LITERAL", params: markedValue(shape.value) };
    case "ref":
      return custom(at.nameOf(shape.key));
    case "array":
      return { type: "ARRAY", params: project(shape.item, at) };
    case "tuple":
      return projectTuple(shape, at);
    case "object":
      return projectObject(shape, at);
    case "union":
      return { type: "UNION", params: distinct(shape.of, at) };
    case "intersection":
      return { type: "INTERSECTION", params: distinct(shape.of, at) };
  }
}

/** Shapes may differ in what no type says. */
function distinct(shapes: readonly Shape[], at: Projecting): AST[] {
  const trees = new Map<string, AST>();
  for (const shape of shapes) {
    const tree = project(shape, at);
    const text = at.print(tree);
    if (!trees.has(text)) trees.set(text, tree);
  }
  return [...trees.values()];
}

const scalars = {
  string: { type: "STRING" },
  number: { type: "NUMBER" },
  boolean: { type: "BOOLEAN" },
  null: { type: "NULL" },
} as const;

function custom(text: string): TCustomType {
  return { type: "CUSTOM_TYPE", params: text };
}

function markedValue(value: string | number | boolean | null): string | number | boolean | null {
  return typeof value === "string" && (value.startsWith(keyMark) || value.startsWith(valueMark)) ? valueMark + value : value;
}

function projectTuple(shape: TupleShape, at: Projecting): AST {
  const { items, rest, required } = shape;
  if (items.length === 0) return rest ? { type: "ARRAY", params: project(rest, at) } : custom("[]");
  if (items.length - required > longestOptionalTuple) {
    return { type: "ARRAY", params: project(unite(rest ? [...items, rest] : items), at) };
  }
  const params = items.map((item) => project(item, at));
  const whole: AST = { type: "TUPLE", params, minItems: params.length, ...(rest && { spreadParam: project(rest, at) }) };
  if (required === items.length) return whole;
  // By itself the package writes the lengths out too, but without the parentheses that a list of them and an intersection need.
  const shorter = params.slice(required).map((_, index): AST => {
    const length = required + index;
    return length === 0 ? custom("[]") : { type: "TUPLE", params: params.slice(0, length), minItems: length };
  });
  return { type: "UNION", params: [...shorter, whole] };
}

function projectObject(shape: ObjectShape, at: Projecting): AST {
  if (shape.fields.size === 0 && !shape.index) return custom(emptyObject(shape));
  const params = [...shape.fields].map(([key, field]) => {
    const doc = field.doc === "" ? "" : at.docs.push(field.doc) - 1;
    return member(`${keyMark}${doc}${keyMark}${key}`, project(field.shape, at), { isRequired: field.required });
  });
  if (shape.index) params.push(member("[k: string]", project(shape.index.shape, at), { isRequired: true, isIndexSignature: true }));
  return { type: "INTERFACE", params, superTypes: [] };
}

interface MemberFacts {
  readonly isRequired: boolean;
  readonly isIndexSignature?: boolean;
}

function member(keyName: string, ast: AST, { isRequired, isIndexSignature = false }: MemberFacts): TInterfaceParam {
  return { ast, keyName, isRequired, isIndexSignature, isPatternProperty: false, isUnreachableDefinition: false };
}

/** `unknown` without `undefined`. */
export const presentType = "({} | null)";

/** `{}` alone would admit strings and numbers too. */
export function emptyObject(shape: ObjectShape): string {
  return shape.closed ? "{ [key: string]: never }" : "{ [key: string]: unknown }";
}
