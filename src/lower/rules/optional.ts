import type { RuleContext } from "../context.js";
import type { Wire, WireField } from "../wire.js";

/** How a property that may be absent travels. */
export interface OptionalProperty {
  readonly key: string;
  readonly node: Wire;
  /** Whether the schema itself lets `null` stand there. */
  readonly admitsNull: boolean;
}

/**
 * A property that may be absent stays one that may be left out; where the project or the profile asks, it becomes required and
 * nullable, but never where `null` is a value of its own. A `null` that the schema does not allow means absent.
 */
export function optionalField({ key, node, admitsNull }: OptionalProperty, context: RuleContext): WireField {
  if (admitsNull) return { key, node, required: false };
  const asked = context.settings.optional === "nullable" || !context.forms.switches.optionalProperties;
  if (!asked) return { key, node, required: false, nullIsAbsent: true };
  context.note("optional", node.origin, "the optional property is asked for as required and nullable");
  return { key, node, required: true, nullIsAbsent: true, nullable: true };
}
