import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { JsonSchema, SchemaDocument } from "../read/schema-document.js";
import { definitions, isSchemaObject, keyword, resolve } from "./schema-facts.js";
import { schemaObjects } from "../read/schema-objects.js";
import type { EmitSettings } from "./emit-settings.js";
import { mockNames } from "./mock/mock-names.js";
import { camelCase, fillPattern, functionNames } from "./naming.js";
import { identifier, reservedWords } from "./text.js";

interface RootNames {
  /** As the schema has it; differs from `document.name` only where that would shadow a global. Names of values are made of it. */
  readonly base: string;
  /** Of the root type. */
  readonly root: string;
}

/** The TypeScript names of one document. */
export interface DocumentNames extends RootNames {
  /** Of each definition, by `$defs` key. Documents of one file share a name exactly where they share the definition. */
  readonly definitions: ReadonlyMap<string, string>;
}

/** All names of one file. */
export interface TypeNames {
  readonly of: (document: SchemaDocument) => DocumentNames;
  readonly diagnostics: readonly Diagnostic[];
}

/** What decides about names. */
type NameSettings = Pick<EmitSettings, "naming" | "mocks">;

/** Globals of the language that generated code, or a reader of it, relies on. */
const globals =
  "Array ArrayBuffer AsyncGenerator AsyncIterable AsyncIterator Awaited BigInt Boolean Capitalize DataView Date Error EvalError Exclude " +
  "Extract Function Generator Infinity Intl Iterable Iterator JSON Map Math NaN NonNullable Number Object Omit Parameters Partial Pick " +
  "Promise PropertyKey Proxy RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect RegExp Required ReturnType Set " +
  "String Symbol SyntaxError TypeError Uint8Array Uncapitalize WeakMap WeakRef WeakSet";

/** What templates call the runtime, and the type parameter of their functions. */
const ofTemplates = ["$", "C"];

/** To give one of them a name is to mark it, and what is not marked beside it is left out: see `findRoots` and `selectTypes`. */
function renamingAdvice({ typeImport }: SchemaDocument): string {
  return typeImport === undefined
    ? '`"x-extract": { "name": "…" }` in the schema. Where one schema of a file has `x-extract`, only those that have it get an extractor: then put `"x-extract": {}` into each of the others that should have one'
    : "rename the type, or write `@extract name=…` in its JSDoc. Where one type of a file is tagged, only tagged ones get an extractor: then put `@extract` on each of the others that should have one";
}

/** What a root type exports, itself included. */
function exportsOf({ root, base }: RootNames, { naming, mocks }: NameSettings): readonly string[] {
  const affixed = ["Tool", "Spec", "StreamSpec", "ListTool"].map((suffix) => camelCase(base) + suffix);
  const codec = [`decode${base}`, `validate${base}`, `admits${base}`, `stream${base}Handler`];
  const functions = functionNames(base, naming);
  const mocked =
    mocks === true ? [...Object.values(mockNames(base, functions)), `${camelCase(base)}SampleData`, `${camelCase(base)}NearMissData`] : [];
  return [root, `${root}Partial`, ...affixed, ...codec, ...Object.values(functions), ...mocked];
}

/**
 * Names for all types of one file: a root is called as its document says, a definition by its key, both put into the pattern of
 * `naming`. The result depends on the names and the definitions only, never on where they are referred to.
 */
export function typeNames(documents: readonly SchemaDocument[], settings: NameSettings = {}): TypeNames {
  const taken = new Map<string, string>([...globals.split(" "), ...ofTemplates, ...reservedWords].map((name) => [name, "the language"]));
  const diagnostics: Diagnostic[] = [];
  const { type: pattern = "{Type}" } = settings.naming ?? {};
  const roots = documents.map((document): RootNames => {
    const plain = fillPattern(pattern, document.name);
    const base = taken.get(plain) === "the language" ? `${document.name}Type` : document.name;
    const names = { base, root: fillPattern(pattern, base) };
    const own = exportsOf(names, settings);
    const clash = own.find((name, index) => taken.has(name) || own.indexOf(name) !== index);
    if (clash !== undefined) {
      const facts = { name: clash, first: taken.get(clash) ?? names.root, second: names.root, advice: renamingAdvice(document) };
      diagnostics.push(diagnostic("emit/name-clash", document.locate(""), facts));
    }
    for (const name of own) if (!taken.has(name)) taken.set(name, names.root);
    return names;
  });
  const given = new Map<string, string>();
  for (const [index, document] of documents.entries()) {
    const root = roots[index]?.root ?? document.name;
    if (documents.length > 1) given.set(`${fillPattern(pattern, document.name)}\0${contentOfRoot(document)}`, root);
  }
  const names = new Map(
    documents.map((document, index): [SchemaDocument, DocumentNames] => {
      const own = roots[index] ?? plainNames(document);
      const definitions = definitionNames(document, own.root, { pattern, taken, given, alone: documents.length < 2 });
      return [document, { ...own, definitions }];
    }),
  );
  return { of: (document) => names.get(document) ?? { ...plainNames(document), definitions: new Map() }, diagnostics };
}

function plainNames({ name }: SchemaDocument): RootNames {
  return { base: name, root: name };
}

interface DefinitionNaming {
  readonly pattern: string;
  readonly taken: Map<string, string>;
  /** Names of roots and definitions of this file so far, by what they contain. */
  readonly given: Map<string, string>;
  /** `true`: no other document to share names with. */
  readonly alone: boolean;
}

function definitionNames(
  document: SchemaDocument,
  root: string,
  { pattern, taken, given, alone }: DefinitionNaming,
): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  const target = rootDefinition(document);
  if (target !== undefined) result.set(target, root);
  const defs = definitions(document.schema);
  // By code unit, so that the place of a definition in the file decides nothing.
  for (const key of [...defs.keys()].sort()) {
    if (key === target) continue;
    const base = fillPattern(pattern, identifier(key.replace(/\.(json|ya?ml|schema)\b/g, "")) || "Definition");
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
