import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { JsonSchema, SchemaDocument } from "../read/schema-document.js";
import { definitions, isSchemaObject, keyword, resolve, schemaObjects } from "./schema-facts.js";
import { identifier } from "./text.js";

/** The TypeScript names of one document. */
export interface DocumentNames {
  /** Of the root type. Differs from `document.name` only where that would shadow a global. */
  readonly root: string;
  /** Of each definition, by `$defs` key. Documents of one file share a name exactly where they share the definition. */
  readonly definitions: ReadonlyMap<string, string>;
}

/** All names of one file. */
export interface TypeNames {
  readonly of: (document: SchemaDocument) => DocumentNames;
  readonly diagnostics: readonly Diagnostic[];
}

/** Globals of the language that generated code, or a reader of it, relies on. */
const globals =
  "Array ArrayBuffer AsyncGenerator AsyncIterable AsyncIterator Awaited BigInt Boolean Capitalize DataView Date Error EvalError Exclude " +
  "Extract Function Generator Infinity Intl Iterable Iterator JSON Map Math NaN NonNullable Number Object Omit Parameters Partial Pick " +
  "Promise PropertyKey Proxy RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect RegExp Required ReturnType Set " +
  "String Symbol SyntaxError TypeError Uint8Array Uncapitalize WeakMap WeakRef WeakSet";

/** What a root type exports beside itself. */
function exportsOf(name: string): readonly string[] {
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  const affixed = ["Tool", "ListTool", "Spec", "StreamSpec"].map((suffix) => camel + suffix);
  const called = ["extract", "stream", "is", "parse", "decode", "validate"].map((verb) => verb + name);
  return [name, `${name}Partial`, ...affixed, ...called, `extract${name}List`, `stream${name}List`, `stream${name}Handler`];
}

/**
 * Names for all types of one file: a root is called as its document says, a definition by its key. The result depends on the names
 * and the definitions only, never on where they are referred to.
 */
export function typeNames(documents: readonly SchemaDocument[]): TypeNames {
  const taken = new Map<string, string>(globals.split(" ").map((name) => [name, "the language"]));
  const diagnostics: Diagnostic[] = [];
  const roots = documents.map((document) => {
    const root = taken.get(document.name) === "the language" ? `${document.name}Type` : document.name;
    const clash = exportsOf(root).find((name) => taken.has(name));
    if (clash !== undefined) {
      diagnostics.push(diagnostic("emit/name-clash", document.locate(""), { name: clash, first: taken.get(clash) ?? "", second: root }));
    }
    for (const name of exportsOf(root)) if (!taken.has(name)) taken.set(name, root);
    return root;
  });
  const given = new Map<string, string>();
  for (const [index, document] of documents.entries()) {
    const root = roots[index] ?? document.name;
    if (documents.length > 1) given.set(`${document.name}\0${contentOfRoot(document)}`, root);
  }
  const names = new Map(
    documents.map((document, index): [SchemaDocument, DocumentNames] => {
      const root = roots[index] ?? document.name;
      return [document, { root, definitions: definitionNames(document, root, { taken, given, alone: documents.length < 2 }) }];
    }),
  );
  return { of: (document) => names.get(document) ?? { root: document.name, definitions: new Map() }, diagnostics };
}

interface Naming {
  readonly taken: Map<string, string>;
  /** Names of roots and definitions of this file so far, by what they contain. */
  readonly given: Map<string, string>;
  /** `true`: no other document to share names with. */
  readonly alone: boolean;
}

function definitionNames(document: SchemaDocument, root: string, { taken, given, alone }: Naming): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  const target = rootDefinition(document);
  if (target !== undefined) result.set(target, root);
  const defs = definitions(document.schema);
  // By code unit, so that the place of a definition in the file decides nothing.
  for (const key of [...defs.keys()].sort()) {
    if (key === target) continue;
    const base = identifier(key.replace(/\.(json|ya?ml|schema)\b/g, "")) || "Definition";
    const content = alone ? key : contentOf(defs.get(key) ?? true, defs);
    const shared = given.get(`${base}\0${content}`);
    const name = shared ?? freeName(base, root, taken);
    result.set(key, name);
    given.set(`${base}\0${content}`, name);
    for (const own of [name, `${name}Partial`]) if (!taken.has(own)) taken.set(own, name);
  }
  return result;
}

/** The definition that the root is nothing but a reference to: the two are one type. */
export function rootDefinition(document: SchemaDocument): string | undefined {
  const { schema } = document;
  if (!isSchemaObject(schema) || !Object.hasOwn(schema, "$ref")) return undefined;
  const beside = Object.keys(schema).filter(
    (name) => !["$ref", "$defs", "$schema", "title", "description", "$comment", "examples", "default"].includes(name),
  );
  if (beside.some((name) => !name.startsWith("x-"))) return undefined;
  const target = resolve(definitions(schema), keyword(schema, "$ref"));
  return target && isSchemaObject(target.schema) ? target.key : undefined;
}

function freeName(base: string, root: string, taken: ReadonlyMap<string, string>): string {
  const free = (name: string): boolean => !taken.has(name) && !taken.has(`${name}Partial`);
  const candidates = [base, root + base, `${base}Type`, `${root}${base}Type`];
  const plain = candidates.find(free);
  if (plain !== undefined) return plain;
  let count = 2;
  while (!free(base + String(count))) count += 1;
  return base + String(count);
}

/** A schema with all it refers to, as text: equal texts are equal types. */
function contentOf(schema: JsonSchema, defs: ReadonlyMap<string, JsonSchema>): string {
  const reached = new Set<string>();
  const reach = (from: JsonSchema): void => {
    for (const { $ref } of schemaObjects(from)) {
      const target = resolve(defs, $ref);
      if (!target || reached.has(target.key)) continue;
      reached.add(target.key);
      reach(target.schema);
    }
  };
  reach(schema);
  return JSON.stringify([schema, [...reached].sort().map((name) => [name, defs.get(name)])]);
}

function contentOfRoot(document: SchemaDocument): string {
  const defs = definitions(document.schema);
  const target = rootDefinition(document);
  if (target !== undefined) return contentOf(defs.get(target) ?? true, defs);
  if (!isSchemaObject(document.schema)) return contentOf(document.schema, defs);
  const { $defs: _, ...schema } = document.schema;
  return contentOf(schema, defs);
}
