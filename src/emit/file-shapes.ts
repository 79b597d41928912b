import type { SchemaDocument } from "../read/schema-document.js";
import { admitOtherKinds } from "./admit-other-kinds.js";
import { docOfSchema } from "./doc-of-schema.js";
import { definitions, isSchemaObject, keyword } from "./schema-facts.js";
import { type Shape, unknownShape } from "./shape.js";
import { settleShapes } from "./settle-shapes.js";
import { rootContext } from "./shape-context.js";
import { shapeOfSchema } from "./shape-of-schema.js";
import { rootDefinition, type TypeNames } from "./type-names.js";

/** A type of the file: its name, what it is, and its doc comment. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
  readonly doc: string;
  readonly document: SchemaDocument;
  /** By `$defs` key of the document. */
  readonly nameOf: (key: string) => string;
}

/** The types of a document that can be reached from its root, the root first, then in the order of `$defs`. */
export function documentShapes(document: SchemaDocument, names: TypeNames): readonly NamedShape[] {
  const { schema } = document;
  const own = names.of(document);
  const defs = definitions(schema);
  const context = rootContext(defs);
  const target = rootDefinition(document);
  const rootSchema = target === undefined ? schema : (defs.get(target) ?? schema);
  const shapes = new Map<string | undefined, Shape>();
  const queue: (string | undefined)[] = [target];
  for (const key of queue) {
    if (shapes.has(key)) continue;
    const shape = shapeOfSchema(key === undefined ? rootSchema : (defs.get(key) ?? true), context);
    shapes.set(key, shape);
    queue.push(...references(shape));
  }
  const unbroken = admitOtherKinds(settleShapes(shapes));
  const title = isSchemaObject(schema) ? keyword(schema, "title") : undefined;
  const described = docOfSchema(schema, typeof title === "string" ? title : "");
  const nameOf = (key: string): string => own.definitions.get(key) ?? own.root;
  const order = [target, ...[...defs.keys()].filter((key) => key !== target)];
  return order.flatMap((key): NamedShape[] => {
    const shape = unbroken.get(key);
    if (shape === undefined) return [];
    const isRoot = key === target;
    const doc = isRoot ? (target === undefined ? described : docOfSchema(rootSchema, described)) : docOfSchema(defs.get(key ?? "") ?? true);
    return [{ name: isRoot ? own.root : nameOf(key ?? ""), shape, doc, document, nameOf }];
  });
}

/** The types of several documents; one that two of them share comes once. */
export function fileShapes(documents: readonly SchemaDocument[], names: TypeNames): readonly NamedShape[] {
  const byName = new Map<string, NamedShape>();
  for (const named of documents.flatMap((document) => documentShapes(document, names))) {
    if (!byName.has(named.name)) byName.set(named.name, named);
  }
  return [...byName.values()];
}

/** Every definition a shape names. */
export function references(shape: Shape): readonly string[] {
  switch (shape.kind) {
    case "ref":
      return [shape.key];
    case "array":
      return references(shape.item);
    case "tuple":
      return [...shape.items, shape.rest ?? unknownShape].flatMap(references);
    case "object":
      return [...[...shape.fields.values()].map((field) => field.shape), shape.index?.shape ?? unknownShape].flatMap(references);
    case "union":
    case "intersection":
      return shape.of.flatMap(references);
    default:
      return [];
  }
}
