import { contradictingBounds, lowerBounds, upperBounds } from "../read/contradicting-bounds.js";
import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import { schemaObjects } from "../read/schema-objects.js";
import type { RuleContext } from "./context.js";
import { isConjunction } from "./is-conjunction.js";
import { canonicalText, isSchema, jsonType, stringList } from "./json.js";
import { conjunctOf } from "./told-apart.js";

type LookContext = Pick<RuleContext, "resolve" | "pointerOf" | "report">;

/** So many schemas are looked at in all: where many parts describe many properties of each other, their combinations have no end. */
const mostParts = 20_000;

/**
 * Tells what leaves no value in schemas that hold together: the parts of `allOf`, and what stands beside `$ref`, with the properties and
 * items that several of them describe. What contradicts itself in one schema, the reader has told; that branches of two unions exclude
 * each other is what unions are for.
 */
export function reportContradictions(root: JsonSchema, context: LookContext): void {
  const look = new Look(context);
  for (const schema of schemaObjects(root)) if (isConjunction(schema)) look.at([schema]);
}

class Look {
  readonly #context: LookContext;
  readonly #numbers = new Map<JsonSchema, number>();
  readonly #seen = new Set<string>();
  #left = mostParts;

  constructor(context: LookContext) {
    this.#context = context;
  }

  /** Looks at schemas that hold together, and at what they describe together. */
  at(first: readonly JsonSchema[]): void {
    const queue = [first];
    for (const schemas of queue) {
      const key = [...new Set(schemas.map((schema) => this.#numberOf(schema)))].toSorted((a, b) => a - b).join(" ");
      if (this.#seen.has(key) || this.#left <= 0) continue;
      this.#seen.add(key);
      const { parts, properties } = conjunctOf({ allOf: schemas }, this.#context.resolve);
      this.#left -= parts.length;
      this.#report(parts);
      const items = parts.map((part) => part["items"]).filter(isSchema);
      queue.push(...[...properties.values(), items].filter((shared) => shared.length > 1));
    }
  }

  #report(parts: readonly SchemaObject[]): void {
    const { pointerOf, report } = this.#context;
    reportBounds(parts, (part, high, facts) => report("read/contradicting-bounds", `${pointerOf(part, "")}/${high}`, facts));
    const excluding = firstThatExcludes(parts, typesOf) ?? firstThatExcludes(parts, valuesOf);
    const keyword = ["const", "enum", "type"].find((name) => excluding !== undefined && Object.hasOwn(excluding, name));
    if (excluding === undefined || keyword === undefined) return;
    report("lower/contradicting-parts", `${pointerOf(excluding, "")}/${keyword}`, { keyword });
  }

  #numberOf(schema: JsonSchema): number {
    const number = this.#numbers.get(schema) ?? this.#numbers.size;
    this.#numbers.set(schema, number);
    return number;
  }
}

type Tell = (part: SchemaObject, high: string, facts: Readonly<Record<string, string | number>>) => void;

function reportBounds(parts: readonly SchemaObject[], tell: Tell): void {
  const tightest = new Map<string, SchemaObject>();
  const note = (keyword: string, isTighter: (value: number, than: number) => boolean): void => {
    for (const part of parts) {
      const [value, known] = [part[keyword], tightest.get(keyword)?.[keyword]];
      if (typeof value === "number" && (typeof known !== "number" || isTighter(value, known))) tightest.set(keyword, part);
    }
  };
  for (const keyword of lowerBounds) note(keyword, (value, than) => value > than);
  for (const keyword of upperBounds) note(keyword, (value, than) => value < than);
  const told = new Set(parts.flatMap((part) => contradictingBounds(part).map(({ kind }) => kind)));
  const bounds = Object.fromEntries([...tightest].map(([keyword, part]) => [keyword, part[keyword]]));
  for (const { low, high, kind } of contradictingBounds(bounds)) {
    const part = tightest.get(high);
    if (part !== undefined && !told.has(kind))
      tell(part, high, { low, high, kind, least: Number(bounds[low]), most: Number(bounds[high]) });
  }
}

/** The first part that leaves none of what the parts before it have in common. */
function firstThatExcludes(
  parts: readonly SchemaObject[],
  allowed: (part: SchemaObject) => readonly string[] | undefined,
): SchemaObject | undefined {
  let left: readonly string[] | undefined;
  for (const part of parts) {
    const own = allowed(part);
    if (own === undefined || own.length === 0) continue;
    const before = left;
    left = before === undefined ? own : before.filter((one) => own.includes(one));
    if (left.length === 0) return part;
  }
  return undefined;
}

/** Every integer is a number. */
function typesOf(part: SchemaObject): readonly string[] | undefined {
  const { type } = part;
  if (type === undefined) return listed(part)?.map((value) => (Number.isInteger(value) ? "integer" : jsonType(value)));
  const types = typeof type === "string" ? [type] : stringList(type);
  return types.includes("number") ? [...types, "integer"] : types;
}

function valuesOf(part: SchemaObject): readonly string[] | undefined {
  return listed(part)?.map(canonicalText);
}

function listed(part: SchemaObject): readonly unknown[] | undefined {
  if (Object.hasOwn(part, "const")) return [part["const"]];
  return Array.isArray(part["enum"]) ? part["enum"] : undefined;
}
