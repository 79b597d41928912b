import type { JsonSchema } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { isConjunction } from "./is-conjunction.js";
import { isObject, schemaList, without } from "./json.js";
import { isAnnotation } from "./keywords.js";
import { settingsForObject } from "./undeclared-keys.js";
import { unrollOf } from "./rules/unroll-recursion.js";

export interface Conjunction {
  /** Equal for schemas that demand the same. */
  readonly key: string;
  /** Levels of it that one of its parts asks for. */
  readonly levels: number | undefined;
}

/**
 * Tells demands that are the same: `allOf` around a reference to itself makes, merged, a new schema at every level, but of the same
 * parts. Not told apart are order and what neither judges nor says what is asked for.
 */
export class Conjunctions {
  readonly #ids = new WeakMap<object, number>();
  readonly #texts = new Map<string, number>();
  readonly #resolve: RuleContext["resolve"];

  constructor(resolve: RuleContext["resolve"]) {
    this.#resolve = resolve;
  }

  /** Undefined for a schema that is not made of several parts. */
  of(schema: JsonSchema): Conjunction | undefined {
    if (!isObject(schema) || !isConjunction(schema)) return undefined;
    const parts = new Set<number>();
    const seen = new Set<JsonSchema>();
    if (!this.#collect(schema, parts, seen)) return undefined;
    const key = [...parts].toSorted((a, b) => a - b).join(" ");
    return { key, levels: [...seen].map(unrollOf).find((levels) => levels !== undefined) };
  }

  /** `false`: nothing is valid. */
  #collect(schema: JsonSchema, parts: Set<number>, seen: Set<JsonSchema>): boolean {
    if (schema === false) return false;
    if (schema === true || seen.has(schema)) return true;
    seen.add(schema);
    const own = Object.entries(without(schema, "allOf", "$ref", "x-extract")).filter(([keyword]) => !isAnnotation(keyword));
    const settings = settingsForObject(schema);
    const judging = Object.fromEntries(settings === undefined ? own : [...own, ["x-extract", settings]]);
    if (Object.keys(judging).length > 0) parts.add(this.#idOf(judging));
    const ref = schema["$ref"];
    const target = typeof ref === "string" ? this.#resolve(ref) : undefined;
    return [...(target === undefined ? [] : [target]), ...schemaList(schema["allOf"])].every((part) => this.#collect(part, parts, seen));
  }

  /** The same number for equal JSON; parts of the document are looked at once. */
  #idOf(value: unknown): number {
    if (typeof value !== "object" || value === null) return this.#number(JSON.stringify(value));
    const known = this.#ids.get(value);
    if (known !== undefined) return known;
    const text = Array.isArray(value)
      ? `[${value.map((item) => this.#idOf(item)).join()}]`
      : `{${Object.entries(value)
          .map(([key, inner]) => `${JSON.stringify(key)}:${this.#idOf(inner)}`)
          .toSorted()
          .join()}}`;
    const id = this.#number(text);
    this.#ids.set(value, id);
    return id;
  }

  #number(text: string): number {
    const id = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, id);
    return id;
  }
}
