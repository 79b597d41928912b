import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import type { RewriteRule, RuleContext } from "../context.js";
import { isObject, isSchema, schemaTable, stringList, without } from "../json.js";
import { outcomesOf, withDeclared } from "../outcomes.js";
import { sentence } from "../words.js";

const conditional = ["not", "if", "then", "else", "dependentRequired", "dependentSchemas"];

/**
 * `not`, `if`/`then`/`else`, `dependent*`: no provider takes them. What they say goes into words, the properties they declare stay
 * (optional), and the validator judges the rest.
 */
export const dropConditional: RewriteRule = (schema, at, context) => {
  const spoken = sayConditions(schema, at, context);
  return spoken && withDeclared(spoken, outcomesOf(schema), context);
};

/** The schema with its conditions in words; undefined: it has none. */
export function sayConditions(schema: SchemaObject, at: string, context: RuleContext): SchemaObject | undefined {
  const found = conditional.filter((keyword) => Object.hasOwn(schema, keyword));
  if (found.length === 0) return undefined;
  const words = conditionWords(schema);
  context.note("drop-conditional", at, `${found.join(", ")}: said in words, checked afterwards`);
  context.report("lower/drop-conditional", at, { keywords: found.join(", ") });
  const rest = without(schema, ...conditional);
  const earlier = stringList(schema["x-words"]);
  return words.length === 0 ? rest : { ...rest, "x-words": [...earlier, ...words] };
}

function conditionWords(schema: SchemaObject): readonly string[] {
  const words: string[] = [];
  if (isSchema(schema["not"])) words.push(...negated(schema["not"]));
  if (isSchema(schema["if"])) words.push(...whenThen(schema["if"], schema["then"], schema["else"]));
  const requires = isObject(schema["dependentRequired"]) ? Object.entries(schema["dependentRequired"]) : [];
  for (const [key, needed] of requires) words.push(`with ${key}, also ${stringList(needed).join(", ")}`);
  for (const [key, branch] of schemaTable(schema["dependentSchemas"])) {
    const then = sentence(branch);
    if (then !== undefined) words.push(`with ${key}: ${then}`);
  }
  return words;
}

function negated(schema: JsonSchema): readonly string[] {
  const words = sentence(schema);
  return words === undefined ? [] : [`not: ${words}`];
}

function whenThen(condition: JsonSchema, then: unknown, otherwise: unknown): readonly string[] {
  const when = sentence(condition);
  const yes = isSchema(then) ? sentence(then) : undefined;
  const no = isSchema(otherwise) ? sentence(otherwise) : undefined;
  if (when === undefined) return [];
  if (yes !== undefined) return [`if ${when}, then ${yes}${no === undefined ? "" : `, else ${no}`}`];
  return no === undefined ? [] : [`unless ${when}: ${no}`];
}
