import type { SchemaObject } from "../read/schema-document.js";
import { own } from "./json.js";
import type { Wire, WireDocument, WireField } from "./wire.js";

/** Characters of strings whose format has a longest text. Others have none. */
const formatLengths: Readonly<Record<string, number>> = {
  date: 10,
  time: 21,
  "date-time": 35,
  uuid: 36,
  ipv4: 15,
  ipv6: 45,
  // RFC 5321 and RFC 1035.
  email: 254,
  hostname: 253,
};

/** Characters of a number whose bounds are not known: 21 digits and a sign, beyond which JSON has an exponent; 17 digits with sign, point and exponent. */
const integerLength = 22;
const numberLength = 25;

/** White space that a pretty printer puts before a member or an item: a line break and an indentation are a token each. */
const spacing = 2;

/** The brackets of an object or list, and the line break before the last. */
const brackets = 3;

/** Beyond this an answer is as good as unbounded: models stop at about as many tokens. */
const longestAnswer = 32_768;

/** What a schema says of the size of its own place: characters of a scalar, items of a list; undefined where it says nothing. */
export function mostOf(schema: SchemaObject, wire: Wire): number | undefined {
  switch (wire.kind) {
    case "scalar":
      return wire.type === "string" ? textLength(schema) : numberText(schema, wire.type === "integer");
    case "list":
    case "tuple":
    case "members":
      return count(schema["maxItems"]);
    case "entries":
      return count(schema["maxProperties"]);
    default:
      return undefined;
  }
}

/** Characters of the longest key that a map may have. */
export function mostOfKeys(schema: SchemaObject): number | undefined {
  const names = schema["propertyNames"];
  if (typeof names !== "object" || names === null || Array.isArray(names)) return undefined;
  const listed: unknown = Reflect.get(names, "enum");
  if (Array.isArray(listed)) return Math.max(0, ...listed.map((name) => String(name).length));
  return count(Reflect.get(names, "maxLength"));
}

function textLength(schema: SchemaObject): number | undefined {
  const { format } = schema;
  const lengths = [count(schema["maxLength"]), typeof format === "string" ? own(formatLengths, format) : undefined];
  const known = lengths.filter((length) => length !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function numberText(schema: SchemaObject, isInteger: boolean): number {
  const bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].map((keyword) => schema[keyword]);
  const known = bounds.filter((bound) => typeof bound === "number");
  const digits = Math.max(0, ...known.map((bound) => String(bound).length));
  // Only a number that is held from both sides has as many digits as its bounds.
  return isInteger && known.length > 1 ? Math.min(digits + 1, integerLength) : isInteger ? integerLength : numberLength;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

/**
 * Tokens that a valid answer takes at most; undefined where the schema sets no bound, or one that no model reaches. A token is counted
 * for each character of the JSON text, which is two to four times too much for English and about right for the scripts of East Asia.
 */
export function answerBound(document: WireDocument): number | undefined {
  const bound = new Bound(document).of(document.root);
  return bound <= longestAnswer ? Math.ceil(bound) : undefined;
}

class Bound {
  readonly #document: WireDocument;
  readonly #known = new Map<string, number>();

  constructor(document: WireDocument) {
    this.#document = document;
  }

  of(wire: Wire): number {
    switch (wire.kind) {
      case "scalar":
        return scalarBound(wire);
      case "json":
        return wire.enum === undefined ? Number.POSITIVE_INFINITY : longest(wire.enum);
      case "object":
        // What an open object may hold besides has no bound.
        return wire.extras === undefined ? brackets + sum(wire.fields.map((field) => this.#field(field))) : Number.POSITIVE_INFINITY;
      case "list":
        return this.#list(wire.most, this.of(wire.item));
      case "tuple":
        return this.#positions(wire.items, wire.rest, wire.most);
      case "members":
        return sum(wire.keys.map(keyBound)) + this.#positions(wire.items, wire.rest?.item, wire.most);
      case "entries":
        return this.#list(
          wire.most,
          brackets + keyBound("key") + keyBound("value") + (wire.mostKeys ?? Infinity) + 2 + this.of(wire.value),
        );
      case "unwrap":
        return brackets + keyBound(wire.key) + this.of(wire.node);
      case "union":
        return Math.max(0, ...wire.branches.map((branch) => this.of(branch)));
      case "ref":
        return this.#reference(wire.to);
    }
  }

  #field({ key, node, nullable, nullIsAbsent }: WireField): number {
    const least = nullable === true || nullIsAbsent === true ? 4 : 0;
    return keyBound(key) + Math.max(least, this.of(node));
  }

  #list(most: number | undefined, item: number): number {
    return most === 0 ? brackets : brackets + (most ?? Number.POSITIVE_INFINITY) * (item + 1 + spacing);
  }

  #positions(items: readonly Wire[], rest: Wire | undefined, most: number | undefined): number {
    const fixed = sum(items.map((item) => this.of(item) + 1 + spacing));
    const further =
      rest === undefined ? brackets : this.#list(most === undefined ? undefined : Math.max(0, most - items.length), this.of(rest));
    return fixed + further;
  }

  /** A definition that is met inside itself has no bound. */
  #reference(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const target = own(this.#document.defs, name);
    this.#known.set(name, Number.POSITIVE_INFINITY);
    const bound = target === undefined ? Number.POSITIVE_INFINITY : this.of(target);
    this.#known.set(name, bound);
    return bound;
  }
}

function scalarBound({ type, enum: values, most = Number.POSITIVE_INFINITY }: Wire & { readonly kind: "scalar" }): number {
  if (values !== undefined) return longest(values);
  if (type === "boolean") return 5;
  if (type === "null") return 4;
  return type === "string" ? most + 2 : most;
}

/** A key in quotes, colon and blank, comma and white space. */
function keyBound(key: string): number {
  return JSON.stringify(key).length + 3 + spacing;
}

function longest(values: readonly unknown[]): number {
  return Math.max(0, ...values.map((value) => JSON.stringify(value).length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
