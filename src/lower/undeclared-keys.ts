import type { SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { isObject } from "./json.js";

/**
 * A keyword that stands inside `unevaluatedProperties` or `unevaluatedItems`, around what that says, where branches may evaluate what is
 * not declared beside it (`markEvaluated`).
 */
export const unlessEvaluated = "x-unless-evaluated";

/**
 * Settings that belong to an object and stand beside `anyOf` or `$ref`: they hold for the objects of the branches, or for that one use of
 * the target.
 */
export function settingsForObject({ "x-extract": settings }: SchemaObject): SchemaObject | undefined {
  if (!isObject(settings)) return undefined;
  const names = ["open", "reasoning"].filter((name) => typeof settings[name] === "boolean");
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** Whether undeclared keys are asked for: as the object says, else as the project does. */
export function isOpen(schema: SchemaObject, context: Pick<RuleContext, "settings">): boolean {
  const settings = schema["x-extract"];
  return isObject(settings) && typeof settings["open"] === "boolean" ? settings["open"] : context.settings.open;
}

/** What is said of members that are neither declared nor match a pattern. */
export function undeclared(schema: SchemaObject, context: Pick<RuleContext, "settings">): unknown {
  return schema["additionalProperties"] ?? sayUnevaluated(schema["unevaluatedProperties"], schema, context);
}

/** What is said of items after those of a tuple. */
export function furtherItems(schema: SchemaObject, context: Pick<RuleContext, "settings">): unknown {
  return schema["items"] ?? sayUnevaluated(schema["unevaluatedItems"], schema, context);
}

/** What branches evaluate is any JSON, where it is asked for. */
function sayUnevaluated(said: unknown, schema: SchemaObject, context: Pick<RuleContext, "settings">): unknown {
  if (!isMarked(said)) return said;
  return isOpen(schema, context) ? true : said[unlessEvaluated];
}

/** Whether branches may evaluate what `unevaluatedItems` or `unevaluatedProperties` then does not speak of. */
export function isMarked(said: unknown): said is SchemaObject {
  return isObject(said) && Object.hasOwn(said, unlessEvaluated);
}
