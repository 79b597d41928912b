import { contradictingBounds, lowerBounds, upperBounds } from "../read/contradicting-bounds.js";
import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { canonicalText, isObject, isSchema, jsonType, stringList } from "./json.js";
import { conjunctOf } from "./told-apart.js";

/** Parts of parts below this are not looked at. */
const deepest = 8;

/**
 * Tells what leaves no value in schemas that hold together: the parts of `allOf`, and what stands beside `$ref`, with the properties and
 * items that several of them describe. What contradicts itself in one schema, the reader has told.
 */
export function reportContradictions(schema: JsonSchema, at: string, context: RuleContext): void {
  if (!isObject(schema) || !(Array.isArray(schema["allOf"]) || typeof schema["$ref"] === "string")) return;
  // What rules have put together (branches of two unions) is meant to have cases that can't be.
  const elsewhere = "elsewhere";
  if (context.pointerOf(schema, elsewhere) !== elsewhere) visit([schema], { at, context, depth: 0 });
}

interface Visit {
  readonly at: string;
  readonly context: RuleContext;
  readonly depth: number;
}

function visit(schemas: readonly JsonSchema[], { at, context, depth }: Visit): void {
  if (depth > deepest) return;
  const { parts, properties } = conjunctOf({ allOf: schemas }, context.resolve);
  const place = (part: SchemaObject | undefined, keyword: string): string =>
    `${part === undefined ? at : context.pointerOf(part, at)}/${keyword}`;
  reportBounds(parts, (part, high, facts) => context.report("read/contradicting-bounds", place(part, high), facts));
  const excluding = firstThatExcludes(parts, typesOf) ?? firstThatExcludes(parts, valuesOf);
  const keyword = ["const", "enum", "type"].find((name) => excluding !== undefined && Object.hasOwn(excluding, name));
  if (keyword !== undefined) context.report("lower/contradicting-parts", place(excluding, keyword), { keyword });
  const items = parts.map((part) => part["items"]).filter(isSchema);
  for (const shared of [...properties.values(), items]) if (shared.length > 1) visit(shared, { at, context, depth: depth + 1 });
}

type Tell = (part: SchemaObject | undefined, high: string, facts: Readonly<Record<string, string | number>>) => void;

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
    if (!told.has(kind)) tell(tightest.get(high), high, { low, high, kind, least: Number(bounds[low]), most: Number(bounds[high]) });
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
