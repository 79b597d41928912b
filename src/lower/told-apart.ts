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

function areDisjoint(first: JsonSchema, second: JsonSchema): boolean {
  if (first === false || second === false) return true;
  const [left, right] = [constantsOf(first), constantsOf(second)];
  return left !== undefined && right !== undefined && !left.some((value) => right.includes(value));
}

function constantsOf(schema: JsonSchema): readonly string[] | undefined {
  if (!isObject(schema)) return undefined;
  if (Object.hasOwn(schema, "const")) return [canonicalText(schema["const"])];
  return Array.isArray(schema["enum"]) ? schema["enum"].map(canonicalText) : undefined;
}
