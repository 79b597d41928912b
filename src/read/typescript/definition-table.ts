import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import { applyComment } from "./apply-comment.js";
import type { Conversion, Spot } from "./conversion.js";
import { convertBody } from "./convert-type.js";
import { commentOf } from "./js-doc.js";
import { aliasedName, bodySpot, declarationOf, type NamedType } from "./named-type.js";
import { isEndless } from "./endless-type.js";
import { TypeNames } from "./type-names.js";

/** The schema of a named type; an entry of `$defs` in each document that reaches it. */
export interface Definition {
  readonly name: string;
  readonly named?: NamedType;
  /** The definition in which it was met first. */
  readonly around?: Definition | undefined;
  /** Empty while it is being made. */
  schema: SchemaObject;
  /** What its schema refers to, each once, in order. */
  readonly references: Set<Definition>;
}

/** The named types of one source file, each converted once, when it is met. */
export class DefinitionTable {
  readonly #definitions = new Map<string, Definition>();
  readonly #names = new TypeNames();
  /** Types without a name that are being converted, and the definition of those that were met again inside themselves. */
  #nameless = new Map<ts.Type, Definition | undefined>();
  #current: Definition | undefined;

  /** A `$ref` to the definition of a named type, which is made if it isn't there. */
  reference(c: Conversion, named: NamedType): SchemaObject {
    const definition = this.define(c, named);
    if (definition === undefined) return {};
    this.#current?.references.add(definition);
    return { $ref: referenceTo(definition) };
  }

  /** The definition of a named type; undefined where the type is endless. */
  define(c: Conversion, named: NamedType): Definition | undefined {
    const key = this.#names.key(named);
    const known = this.#definitions.get(key);
    if (known) return known;
    const around = this.#current;
    const spot = bodySpot(c, named);
    if (isEndless(c, [...instancesAround(around, named.symbol), named])) {
      c.report("read/ts-endless-type", spot.node, { type: named.symbol.name });
      return undefined;
    }
    const definition: Definition = { name: this.#names.name(c, named), named, around, schema: {}, references: new Set() };
    this.#definitions.set(key, definition);
    c.soon(() => this.#fill(c, definition, { named, spot }));
    return definition;
  }

  #fill(c: Conversion, definition: Definition, { named, spot }: { readonly named: NamedType; readonly spot: Spot }): void {
    const [outer, namelessAround] = [this.#current, this.#nameless];
    this.#current = definition;
    // A definition is made once: what is met again inside of it comes to an end.
    this.#nameless = new Map();
    const other = aliasedName(c, named, spot.hint);
    definition.schema = commented(c, named.symbol, other ? this.#aliased(c, other) : convertBody(c, named.type, spot));
    c.place(definition.schema, spot.node);
    this.#current = outer;
    this.#nameless = namelessAround;
  }

  /** An object type that nobody named: written out in its place, unless it contains itself (`interface A { part: Partial<A> }`). */
  nameless(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
    if (this.#nameless.has(type)) {
      const met = this.#nameless.get(type) ?? { name: this.#names.nameless(c, type), schema: {}, references: new Set<Definition>() };
      this.#nameless.set(type, met);
      this.#current?.references.add(met);
      return { $ref: referenceTo(met) };
    }
    this.#nameless.set(type, undefined);
    const schema = convertBody(c, type, spot);
    const met = this.#nameless.get(type);
    this.#nameless.delete(type);
    if (met === undefined) return schema;
    met.schema = schema;
    // What it refers to was noted with the definition around it: rather too much than too little.
    for (const reference of this.#current?.references ?? []) met.references.add(reference);
    return { $ref: referenceTo(met) };
  }

  /** What an alias stands for: another definition, or, as its own name is name enough, the instance of a generic type. */
  #aliased(c: Conversion, other: NamedType): SchemaObject {
    if (other.typeArguments.length === 0) return this.reference(c, other);
    const body = commented(c, other.symbol, convertBody(c, other.type, bodySpot(c, other)));
    // One that contains itself has been made by now.
    return this.#definitions.has(this.#names.key(other)) ? this.reference(c, other) : body;
  }
}

/** The instances of a type that stand around a place, the innermost last. */
function instancesAround(innermost: Definition | undefined, symbol: ts.Symbol): readonly NamedType[] {
  const instances: NamedType[] = [];
  for (let definition = innermost; definition; definition = definition.around) {
    if (definition.named?.symbol === symbol) instances.unshift(definition.named);
  }
  return instances;
}

export function referenceTo(definition: Definition): string {
  return `#/$defs/${definition.name.replace(/~/g, "~0").replace(/\//g, "~1")}`;
}

function commented(c: Conversion, symbol: ts.Symbol, body: SchemaObject): SchemaObject {
  const declaration = declarationOf(c, symbol);
  const comment = declaration && !isTool(c, declaration) ? commentOf(c, declaration) : undefined;
  return comment ? applyComment(c, body, comment) : body;
}

/** A package's generic alias (`PartialDeep<User>`, `z.infer<…>`): its comment tells programmers how it is used, not what the data is. */
function isTool(c: Conversion, declaration: ts.Declaration): boolean {
  return c.isForeign(declaration.getSourceFile()) && c.ts.isTypeAliasDeclaration(declaration) && declaration.typeParameters !== undefined;
}
