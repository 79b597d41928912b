import type { JsonSchema } from "../read/schema-document.js";
import type { RuleContext } from "./context.js";
import type { Wire } from "./wire.js";
import { settingsForObject } from "./undeclared-keys.js";

interface LoweredPlace {
  readonly schema: JsonSchema;
  readonly wire: Wire;
  readonly at: string;
}

/** Tells settings of an object that stand where none is sent. */
export function reportIdleSettings({ schema, wire, at }: LoweredPlace, context: RuleContext): void {
  if (typeof schema === "boolean") return;
  const settings = settingsForObject(schema);
  const idle = [
    settings?.["reasoning"] === true && !mayHave(wire, isReasoning) ? "reasoning" : undefined,
    settings?.["open"] === true && !mayHave(wire, isOpenable) ? "open" : undefined,
  ];
  for (const setting of idle) if (setting !== undefined) context.report("lower/idle-setting", `${at}/x-extract/${setting}`, { setting });
}

/** What a reference leads to is not known while it is lowered itself. */
function mayHave(wire: Wire, test: (wire: Wire) => boolean): boolean {
  if (wire.kind === "union") return wire.branches.some((branch) => mayHave(branch, test));
  return wire.kind === "ref" || test(wire);
}

function isReasoning(wire: Wire): boolean {
  return wire.kind === "object" && wire.fields.some((field) => field.aside);
}

/** Maps, and what travels as JSON text, have all keys by themselves; items after those of a tuple are asked for too. */
function isOpenable({ kind }: Wire): boolean {
  return kind !== "scalar" && kind !== "list";
}
