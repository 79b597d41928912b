import type { JsonSchema, SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { isObject, schemaList } from "./json.js";
import { type Conjunct, conjunctOf, excludeEachOther, toldByConstant } from "./told-apart.js";
import { isOpen, settingsForObject } from "./undeclared-keys.js";

/**
 * Tells where a valid value has keys of several branches of `anyOf`, while the model is held to those of one. (To give each branch the
 * keys of the others was weighed: in 2,601 schemas such branches are nearly always meant as alternatives, `port` or `unix_socket`; the
 * model would be asked for both, and no key would tell a branch any more while it streams.)
 */
export function reportBranchKeys(schema: JsonSchema, at: string, context: RuleContext): void {
  if (!isObject(schema) || !(Array.isArray(schema["anyOf"]) || Array.isArray(schema["allOf"]))) return;
  const whole = conjunctOf(schema, context.resolve);
  if (whole.parts.some((part) => part["additionalProperties"] === false || limiting.some((keyword) => Object.hasOwn(part, keyword))))
    return;
  // The setting of the first part that has one counts, else the project's.
  if (isOpen(whole.parts.find(saysOpen) ?? {}, context)) return;
  for (const part of whole.parts) {
    const pair = twoThatMayHold(schemaList(part["anyOf"]), whole, context);
    if (pair !== undefined) context.report("lower/keys-of-several-branches", `${context.pointerOf(part, at)}/anyOf`, pair);
  }
}

function saysOpen(part: SchemaObject): boolean {
  return settingsForObject(part)?.["open"] !== undefined;
}

/** Keywords that may forbid the keys of another branch without naming them as a property. */
const limiting: readonly string[] = ["not", "maxProperties", "propertyNames", "patternProperties"];

/** A key of one branch and one of another that a value may have together, the first such; each is unknown to the other branch. */
function twoThatMayHold(
  branches: readonly JsonSchema[],
  whole: Conjunct,
  context: RuleContext,
): { readonly first: string; readonly second: string } | undefined {
  const open = branches.map((branch) => conjunctOf(branch, context.resolve)).filter((branch) => takesOtherKeys(branch, context));
  for (const [index, left] of open.entries()) {
    for (const right of open.slice(index + 1)) {
      const [first, second] = [newKey(left, right, whole), newKey(right, left, whole)];
      if (first === undefined || second === undefined || toldByConstant(left, right)) continue;
      if (!excludeEachOther(left, right, whole.required)) return { first, second };
    }
  }
  return undefined;
}

function takesOtherKeys({ parts }: Conjunct, context: RuleContext): boolean {
  return parts.every(
    (part) =>
      (part["additionalProperties"] ?? true) === true &&
      (part["unevaluatedProperties"] ?? true) === true &&
      !limiting.some((keyword) => Object.hasOwn(part, keyword)) &&
      !(saysOpen(part) && isOpen(part, context)),
  );
}

function newKey(branch: Conjunct, other: Conjunct, whole: Conjunct): string | undefined {
  const found = [...branch.properties].find(
    ([key, schemas]) => !schemas.includes(false) && !other.properties.has(key) && !whole.properties.has(key),
  );
  return found?.[0];
}
