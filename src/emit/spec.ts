import type { Plan } from "@schemacast/runtime/v1";
import type { SchemaDocument } from "../read/schema-document.js";
import type { EmitSettings } from "./emit-settings.js";
import { exportedConstant, joined } from "./forms.js";
import type { FunctionNames } from "./naming.js";
import { literal, quote } from "./text.js";
import type { ValueNames } from "./value-names.js";

export interface SpecRequest {
  readonly type: string;
  /** The type's name as the schema has it: what the model and errors call it. */
  readonly base: string;
  readonly functions: FunctionNames;
  readonly names: ValueNames;
  readonly document: SchemaDocument;
  readonly settings: EmitSettings;
  readonly plan: Plan;
  /** Whether the codec has a `revive…` for it. */
  readonly revives: boolean;
  /** Whether the codec has a `fill…` for it. */
  readonly fills: boolean;
  /** Checks beyond the schema, as code. */
  readonly checks: readonly string[];
  /** Tokens that a valid answer takes at most. */
  readonly bound: number | undefined;
  /** Whether the provider can't be held to the schema: the answer may be messy. */
  readonly guided: boolean;
}

/** `userSpec` and `userStreamSpec`: the data that a call hands to the runtime. */
export function emitSpec({
  type,
  base,
  functions,
  names,
  document,
  settings,
  plan,
  revives,
  fills,
  checks,
  bound,
  guided,
}: SpecRequest): readonly string[] {
  const { value } = names;
  const asides = asidesOf(plan);
  const mode = document.settings.mode ?? settings.mode;
  const all: Readonly<Record<string, string>> = {
    name: quote(base),
    wire: `{ one: ${value}Tool, list: ${value}ListTool }`,
    decode: `decode${base}`,
    validate: `validate${base}`,
    instructions: quote(document.settings.instructions ?? settings.instructions ?? defaultInstructions(base)),
    ...(mode !== undefined && { mode: quote(mode) }),
    ...(settings.model !== undefined && { model: quote(settings.model) }),
    ...(bound !== undefined && { bound: String(bound) }),
    ...(guided && { lenient: "readLenient" }),
    ...(asides.length > 0 && { asides: literal(asides, 2) }),
    ...(fills && { fill: `fill${base}`, ...(settings.applyDefaults === true && { applyDefaults: "true" }) }),
    ...(checks.length > 0 && { checks: `[${checks.join(", ")}]` }),
    ...(revives && { revive: `revive${base}` }),
  };
  const body = Object.entries(all)
    .map(([name, code]) => `  ${name}: ${code},\n`)
    .join("");
  return [
    exportedConstant({
      doc: `What \`${functions.extract}\` hands to the runtime.`,
      name: `${value}Spec`,
      type: `$.Spec<${type}, ${quote(base)}>`,
      value: `{\n${body}}`,
    }),
    exportedConstant({
      doc: `What \`${functions.stream}\` hands to the runtime.`,
      name: `${value}StreamSpec`,
      type: `$.StreamSpec<${type}, ${type}Partial, ${quote(base)}>`,
      value: joined(`${value}Spec`, `{ handler: stream${base}Handler }`),
    }),
  ];
}

/** Keys of the root object that are on the wire only. */
function asidesOf({ root }: Plan): readonly string[] {
  if (root.kind !== "object") return [];
  return Object.entries(root.fields).flatMap(([key, field]) => (field.aside === true ? [key] : []));
}

/** Holds for one object and for a list of them. The same bytes in each request, so that the provider can cache the prompt. */
function defaultInstructions(type: string): string {
  return (
    `Extract ${type} data from what the user sends, in the form you are given. ` +
    `Keep to what the text says: copy names and numbers exactly, invent nothing, leave out optional fields that it does not mention.`
  );
}
