import type { SchemaObject } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import { isObject } from "./json.js";

/**
 * A keyword that stands inside `unevaluatedProperties`, around what that says, where branches may evaluate keys that are not declared
 * beside it (`markEvaluated`).
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

/** What is said of members that are neither declared nor match a pattern; keys that branches evaluate are any JSON, where they are asked for. */
export function undeclared(schema: SchemaObject, context: Pick<RuleContext, "settings">): unknown {
  const said = schema["unevaluatedProperties"];
  const additional = schema["additionalProperties"];
  if (additional !== undefined || !isObject(said) || !Object.hasOwn(said, unlessEvaluated)) return additional ?? said;
  return isOpen(schema, context) ? true : said[unlessEvaluated];
}
