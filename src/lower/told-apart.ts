import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { canonicalText, isObject, schemaList, schemaTable, stringList } from "./json.js";

/** A schema with what it refers to: all that holds of a value in every case. */
export interface Conjunct {
  readonly parts: readonly SchemaObject[];
  readonly properties: ReadonlyMap<string, readonly JsonSchema[]>;
  readonly required: ReadonlySet<string>;
}

/** The parts of a schema, through `allOf` and `$ref`. */
export function conjunctOf(schema: JsonSchema, resolve: RuleContext["resolve"]): Conjunct {
  const seen = new Set<SchemaObject>();
  const visit = (part: JsonSchema): void => {
    if (!isObject(part) || seen.has(part)) return;
    seen.add(part);
    const ref = part["$ref"];
    const target = typeof ref === "string" ? resolve(ref) : undefined;
    if (target !== undefined) visit(target);
    schemaList(part["allOf"]).forEach(visit);
  };
  visit(schema);
  const parts = [...seen];
  const properties = new Map<string, JsonSchema[]>();
  for (const [key, property] of parts.flatMap((part) => schemaTable(part["properties"]))) {
    properties.set(key, [...(properties.get(key) ?? []), property]);
  }
  return { parts, properties, required: new Set(parts.flatMap((part) => stringList(part["required"]))) };
}

/** Whether no object is valid under both, by a property that one of them, or what stands around them, requires. */
export function excludeEachOther(first: Conjunct, second: Conjunct, around: ReadonlySet<string>): boolean {
  return [...first.properties].some(([key, schemas]) => {
    const others = second.properties.get(key);
    if (others === undefined || ![first.required, second.required, around].some((required) => required.has(key))) return false;
    return schemas.some((schema) => others.some((other) => areDisjoint(schema, other)));
  });
}

/** Whether a property has other constants in each: a tag, also where nobody thought of requiring it. */
export function toldByConstant(first: Conjunct, second: Conjunct): boolean {
  return [...first.properties].some(([key, schemas]) => {
    const others = second.properties.get(key) ?? [];
    return schemas.some((schema) => others.some((other) => haveOtherConstants(schema, other) === true));
  });
}

/** Undefined: one of them has none. */
function haveOtherConstants(first: JsonSchema, second: JsonSchema): boolean | undefined {
  const [left, right] = [constantsOf(first), constantsOf(second)];
  return left === undefined || right === undefined ? undefined : !left.some((value) => right.includes(value));
}

function areDisjoint(first: JsonSchema, second: JsonSchema): boolean {
  if (first === false || second === false) return true;
  const told = haveOtherConstants(first, second);
  if (told !== undefined) return told;
  const [type, other] = [typeOf(first), typeOf(second)];
  return type !== undefined && other !== undefined && type !== other;
}

/** The one type of a schema; an integer is a number. */
function typeOf(schema: JsonSchema): string | undefined {
  const type = isObject(schema) ? schema["type"] : undefined;
  return typeof type !== "string" ? undefined : type === "integer" ? "number" : type;
}

function constantsOf(schema: JsonSchema): readonly string[] | undefined {
  if (!isObject(schema)) return undefined;
  if (Object.hasOwn(schema, "const")) return [canonicalText(schema["const"])];
  return Array.isArray(schema["enum"]) ? schema["enum"].map(canonicalText) : undefined;
}
