import type { ts } from "ts-morph";
import type { ExtractSettings, SchemaDocument, SchemaObject, TypeImport } from "../schema-document.js";
import { type Definition, referenceTo } from "./definition-table.js";
import { locator } from "./locate.js";
import type { SourceConversion } from "./source-conversion.js";
import type { TextPlace } from "./source-texts.js";

/** One exported type to make a document of. */
export interface RootType {
  readonly name: string;
  readonly exportName: string;
  readonly symbol: ts.Symbol;
  /** Where the source declares or exports it. */
  readonly node: ts.Node;
  readonly settings: ExtractSettings;
}

export interface DocumentRequest {
  readonly conversion: SourceConversion;
  readonly root: RootType;
  /** The source's path relative to the root. */
  readonly source: string;
  /** How module specifiers end in this project. */
  readonly extension: NonNullable<TypeImport["extension"]>;
  /** Where the source begins, for what has no place of its own. */
  readonly start: TextPlace;
}

/** Makes the document of one exported type. Faults are reported and leave an empty schema in their place. */
export function readDocument({ conversion, root, source, extension, start }: DocumentRequest): SchemaDocument {
  const { name, exportName, symbol, node, settings } = root;
  const type = conversion.checker.getDeclaredTypeOfSymbol(symbol);
  const named = { symbol, type, typeArguments: [], hint: undefined };
  const own = conversion.within(node, () => conversion.definitions.define(conversion, named));
  conversion.finish();
  const schema = own ? assemble(own) : {};
  const place = (own && conversion.places.get(own.schema)) ?? start;
  return {
    name,
    source,
    schema,
    settings,
    locate: locator(schema, conversion.places, place),
    typeImport: { exportName, file: source, extension },
  };
}

/**
 * The root's definition becomes the document's schema, that of the type it is merely another name of included; both stay in
 * `$defs` where something else refers to them, and then the root refers to them too.
 */
function assemble(own: Definition): SchemaObject {
  const reached = reach(own);
  if (isReferred(own, reached)) return { $ref: referenceTo(own), $defs: definitionsOf(reached) };
  const others = reached.filter((definition) => definition !== own);
  const target = others.find((definition) => own.schema.$ref === referenceTo(definition));
  if (target === undefined || isReferred(target, others)) return withDefinitions(own.schema, others);
  const { $ref: _, ...beside } = own.schema;
  const inner = others.filter((definition) => definition !== target);
  return withDefinitions({ ...target.schema, ...beside }, inner);
}

function isReferred(to: Definition, by: readonly Definition[]): boolean {
  return by.some((definition) => definition.references.has(to));
}

/** A definition and all that it leads to, each before what it refers to first. */
function reach(start: Definition): readonly Definition[] {
  const reached = new Set<Definition>();
  // No recursion: chains of definitions can be thousands long.
  const ahead = [start];
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    ahead.push(...[...next.references].toReversed());
  }
  return [...reached];
}

function withDefinitions(schema: SchemaObject, definitions: readonly Definition[]): SchemaObject {
  return definitions.length === 0 ? schema : { ...schema, $defs: definitionsOf(definitions) };
}

function definitionsOf(definitions: readonly Definition[]): SchemaObject {
  return Object.fromEntries(definitions.map((definition) => [definition.name, definition.schema]));
}
