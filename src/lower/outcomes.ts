import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { isObject, isSchema, schemaList, schemaTable, stringList } from "./json.js";
import { memberOf } from "./rules/close-objects.js";
import { isOpen } from "./undeclared-keys.js";

/** Schemas of which one holds, whichever it is: `then` or `else`, what a dependency demands or nothing. */
export type Outcomes = readonly JsonSchema[];

/** What a schema's conditions come to. */
export function outcomesOf(schema: SchemaObject): readonly Outcomes[] {
  const [then, otherwise] = [schema["then"], schema["else"]];
  const dependent = schemaTable(schema["dependentSchemas"]).map(([, branch]) => [branch, true]);
  if (!isSchema(schema["if"]) || (!isSchema(then) && !isSchema(otherwise))) return dependent;
  return [[isSchema(then) ? then : true, isSchema(otherwise) ? otherwise : true], ...dependent];
}

/** What is said of a property somewhere in a schema. */
export interface Declared {
  readonly schemas: readonly JsonSchema[];
  /** Every value of it is valid under one of `schemas`; else there are cases in which none of them is said of it. */
  readonly always: boolean;
}

export type Declarations = ReadonlyMap<string, Declared>;

/** Deeper conditions of conditions are not looked at. */
const deepest = 12;

/** The properties that a schema declares, itself or under conditions. */
export function declarationsOf(schema: JsonSchema, resolve: RuleContext["resolve"], depth = 0): Declarations {
  const found = new Map<string, Declared>();
  if (!isObject(schema) || depth > deepest) return found;
  for (const [key, property] of schemaTable(schema["properties"])) {
    found.set(key, { schemas: property === false ? [] : [property], always: true });
  }
  const ref = schema["$ref"];
  const target = typeof ref === "string" ? resolve(ref) : undefined;
  for (const part of [...(target === undefined ? [] : [target]), ...schemaList(schema["allOf"])]) {
    add(found, declarationsOf(part, resolve, depth + 1));
  }
  const unions = ["anyOf", "oneOf"].map((keyword) => schemaList(schema[keyword]));
  for (const outcomes of [...outcomesOf(schema), ...unions]) add(found, ofOutcomes(outcomes, resolve, depth + 1));
  return found;
}

/** What is said in every case is enough to know; what is not, is not all that may be there. */
function add(found: Map<string, Declared>, more: Declarations): void {
  for (const [key, declared] of more) {
    const known = found.get(key);
    if (known === undefined || (declared.always && !known.always)) found.set(key, declared);
    else if (!known.always) found.set(key, { schemas: [...known.schemas, ...declared.schemas], always: false });
  }
}

function ofOutcomes(outcomes: Outcomes, resolve: RuleContext["resolve"], depth = 0): Declarations {
  const tables = outcomes.map((outcome) => declarationsOf(outcome, resolve, depth));
  const keys = new Set(tables.flatMap((table) => [...table.keys()]));
  return new Map(
    [...keys].map((key) => {
      const each = tables.map((table) => table.get(key));
      return [key, { schemas: each.flatMap((one) => one?.schemas ?? []), always: each.every((one) => one?.always === true) }];
    }),
  );
}

/**
 * Adds the properties that conditions declare and the schema itself does not: a value may have them. Where the conditions leave a case
 * open, `x-otherwise` says what becomes of other values: they are `sent` if the property is the schema's own, else they are undeclared.
 */
export function withDeclared(schema: SchemaObject, conditions: readonly Outcomes[], context: RuleContext): SchemaObject {
  const declared = new Map<string, Declared>();
  for (const outcomes of conditions) add(declared, ofOutcomes(outcomes, context.resolve));
  if (declared.size === 0 || isMap(schema)) return schema;
  const branches = new Map<string, Declared>();
  for (const keyword of ["anyOf", "oneOf"]) add(branches, ofOutcomes(schemaList(schema[keyword]), context.resolve));
  const properties = new Map(schemaTable(schema["properties"]));
  const required = stringList(schema["required"]);
  for (const [key, { schemas, always }] of declared) {
    const known = properties.get(key);
    const said = known ?? saidOf(key, schema);
    if (schemas.length === 0 || said === false || (known !== undefined && !isEmpty(known)) || (!always && branches.has(key))) continue;
    const isOwn = known !== undefined || required.includes(key) || isOpen(schema, context);
    const [only = true] = schemas;
    if (always) properties.set(key, schemas.length === 1 ? only : { anyOf: schemas });
    else if (isEmpty(said)) properties.set(key, { anyOf: schemas, "x-otherwise": isOwn ? "sent" : "undeclared" });
    else properties.set(key, { anyOf: [...schemas, said] });
  }
  return properties.size === 0 ? schema : { ...schema, properties: Object.fromEntries(properties) };
}

/** An object that will be a list of keys and values: with a property of its own it would be none. */
function isMap(schema: SchemaObject): boolean {
  if (schemaTable(schema["properties"]).length + stringList(schema["required"]).length > 0) return false;
  const additional = schema["additionalProperties"];
  return schemaTable(schema["patternProperties"]).length > 0 || (isSchema(additional) && additional !== false && !isEmpty(additional));
}

/** What an object says of a member that it does not declare by name. */
function saidOf(key: string, schema: SchemaObject): JsonSchema {
  const additional = schema["additionalProperties"];
  return memberOf(key, schemaTable(schema["patternProperties"]), isSchema(additional) ? additional : true);
}

function isEmpty(schema: JsonSchema): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0);
}
