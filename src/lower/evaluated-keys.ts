import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { isObject, isSchema, schemaList, schemaTable } from "./json.js";
import { evaluatesItemsElsewhere } from "./evaluated-items.js";
import { declarationsOf, outcomesOf } from "./outcomes.js";
import { conjunctOf, type Conjunct, excludeEachOther } from "./told-apart.js";
import { isMarked, unlessEvaluated } from "./undeclared-keys.js";

// A branch of `anyOf`, an `if`, a `then` evaluates keys where it holds, so that `unevaluatedProperties` beside it does not speak of
// them; likewise items. What the model is sent names the keys of one branch; with `open`, the others travel among the further keys.

type Resolve = RuleContext["resolve"];

/** Keywords that speak of what no other evaluates, with what tells that others may do so in branches. */
const unevaluated: readonly (readonly [string, (schema: SchemaObject, resolve: Resolve) => boolean])[] = [
  ["unevaluatedProperties", evaluatesInBranches],
  ["unevaluatedItems", evaluatesItemsElsewhere],
];

/** The schema, with its `unevaluatedProperties` and `unevaluatedItems` marked where branches may evaluate what others don't name. */
export function markEvaluated(schema: JsonSchema, resolve: Resolve): JsonSchema {
  if (!isObject(schema)) return schema;
  const [marked = schema] = markParts([schema], schema, resolve);
  return marked;
}

/** The parts of one schema, marked likewise: what evaluates a key may stand in another part. */
export function markParts(parts: readonly SchemaObject[], whole: SchemaObject, resolve: Resolve): readonly SchemaObject[] {
  return unevaluated.reduce((marked, [keyword, mayBeElsewhere]) => {
    if (!marked.some((part) => isUnmarked(part[keyword])) || !mayBeElsewhere(whole, resolve)) return marked;
    return marked.map((part) => (isUnmarked(part[keyword]) ? { ...part, [keyword]: { [unlessEvaluated]: part[keyword] } } : part));
  }, parts);
}

function isUnmarked(said: unknown): boolean {
  return said === false || (isObject(said) && !isMarked(said));
}

/** Keys that a schema may evaluate somewhere in it. */
interface Keys {
  readonly names: ReadonlySet<string>;
  /** Others than those that it names. */
  readonly others: boolean;
}

/** What some of the schemas, or their branches, may evaluate. */
function keysOf(schemas: readonly JsonSchema[], resolve: Resolve): Keys {
  const names = new Set<string>();
  const seen = new Set<JsonSchema>();
  let others = false;
  const visit = (schema: JsonSchema | undefined): void => {
    if (!isObject(schema) || seen.has(schema)) return;
    seen.add(schema);
    for (const [key, property] of schemaTable(schema["properties"])) if (property !== false) names.add(key);
    others ||= speakingOfOthers.some((keyword) => (schema[keyword] ?? false) !== false);
    if (typeof schema["$ref"] === "string") visit(resolve(schema["$ref"]));
    for (const keyword of ["allOf", "anyOf", "oneOf"]) schemaList(schema[keyword]).forEach(visit);
    for (const keyword of ["if", "then", "else"]) if (isSchema(schema[keyword])) visit(schema[keyword]);
    for (const [, branch] of schemaTable(schema["dependentSchemas"])) visit(branch);
  };
  schemas.forEach(visit);
  return { names, others };
}

const speakingOfOthers: readonly string[] = ["patternProperties", "additionalProperties", "unevaluatedProperties"];

/** Whether a valid value may have a key that the lowered form it travels in does not name. */
function evaluatesInBranches(schema: SchemaObject, resolve: Resolve): boolean {
  const whole = conjunctOf(schema, resolve);
  if (whole.parts.some((part) => isSchema(part["additionalProperties"]))) return false;
  const lacks = ({ names, others }: Keys): boolean => others || [...names].some((key) => !whole.properties.has(key));
  const unions = whole.parts.flatMap((part) => [schemaList(part["anyOf"]), schemaList(part["oneOf"])]).filter((list) => list.length > 0);
  const told = keysOf(unions.flat(), resolve);
  const conditions = keysOf(
    whole.parts.flatMap((part) => (isSchema(part["if"]) ? [part["if"]] : [])),
    resolve,
  );
  const outcomes = outcomeKeys(whole, resolve);
  // The properties that outcomes declare are added to the schema, unless that is a map, or one of its branches declares them.
  const isMap = whole.properties.size === 0 && whole.parts.some((part) => schemaTable(part["patternProperties"]).length > 0);
  if (lacks(conditions) || outcomes.others || (isMap && lacks(outcomes))) return true;
  if ([...outcomes.names].some((key) => told.names.has(key) && !whole.properties.has(key))) return true;
  // Of several unions, all but the first may be too many to be multiplied.
  if (unions.length > 1 && lacks(told)) return true;
  return whole.parts.some((part) => evaluatesMore(schemaList(part["anyOf"]), whole, resolve));
}

/** What `then`, `else` and dependencies evaluate; an `if` in them evaluates keys that they don't declare. */
function outcomeKeys(whole: Conjunct, resolve: Resolve): Keys {
  const outcomes = whole.parts.flatMap((part) => outcomesOf(part)).flat();
  const { names, others } = keysOf(outcomes, resolve);
  const declared = new Set(outcomes.flatMap((outcome) => [...declarationsOf(outcome, resolve).keys()]));
  return { names, others: others || [...names].some((key) => !declared.has(key) && !whole.properties.has(key)) };
}

/** Whether a value may be valid under two branches, of which one evaluates keys that the other does not name. */
function evaluatesMore(branches: readonly JsonSchema[], whole: Conjunct, resolve: Resolve): boolean {
  const conjuncts = branches.map((branch) => conjunctOf(branch, resolve));
  return branches.some((branch, index) => {
    const { names, others } = keysOf([branch], resolve);
    const own = conjuncts[index];
    return conjuncts.some((other, place) => {
      if (place === index || own === undefined || excludeEachOther(own, other, whole.required)) return false;
      if (other.parts.some((part) => isSchema(part["additionalProperties"]))) return false;
      return others || [...names].some((key) => !whole.properties.has(key) && !other.properties.has(key));
    });
  });
}
