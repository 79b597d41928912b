import { specIssues } from "../call/check-results.js";
import { isObject } from "../call/is-object.js";
import { type FillPlace, remembered } from "../defaults.js";
import type { Issue } from "../options.js";
import type { JsonObject, Spec, ToolDefinition, ValidationFailure, Validator } from "../spec.js";
import { type Choice, type Choices, type NamedChoices, namedChoices } from "./choice.js";

/**
 * One spec for a choice among several. On the wire each is `{ type, value }`, the tag first, so that a stream knows the branch
 * before its value begins; one object is wrapped in `result`, because a root must not be a union (cerebras/api.md 1.2). All are
 * strict or none is: the API refuses a mix.
 */
export function choiceSpec<S extends Choices>(given: S): Spec<Choice<S>> {
  const choices = namedChoices(given);
  const entries = Object.entries(choices);
  const anyOf = entries.map(([name, spec]) => branch(name, spec.wire.one));
  const $defs = Object.assign({}, ...entries.map(([name, spec]) => definitions(name, spec.wire.one))) as JsonObject;
  const strict = entries.every(([, spec]) => spec.wire.one.function.strict);
  const names = Object.keys(choices)
    .join("_or_")
    .replace(/[^\w-]/g, "_")
    .slice(0, 40);
  const tool = (suffix: string, key: string, schema: JsonObject): ToolDefinition => ({
    type: "function",
    function: {
      name: `extract_${names}${suffix}`,
      strict,
      parameters: {
        type: "object",
        properties: { [key]: schema },
        required: [key],
        additionalProperties: false,
        ...(Object.keys($defs).length === 0 ? {} : { $defs }),
      },
    },
  });
  const lenient = entries.map(([, spec]) => spec.lenient).find((reader) => reader !== undefined);
  return {
    name: names,
    wire: {
      one: tool("", "result", { anyOf }),
      list: tool("_list", "items", { type: "array", items: { anyOf } }),
      kinds: Object.fromEntries(entries.map(([name, spec]) => [name, spec.wire.one])),
    },
    decode: (wire) => decodeChoice(choices, wire),
    validate: choiceValidator(choices),
    instructions: `Extract what the user's text holds, in the form you are given: ${entries.map(describe).join("; ")}. Choose the type that fits the text. Keep to what the text says: copy names and numbers exactly, invent nothing.`,
    // Parse boundary: the validator has proved type and value.
    revive: (valid) => reviveChoice(choices, valid) as Choice<S>,
    ...(entries.some(([, spec]) => spec.checkedAs) && { checkedAs: (valid) => checkedChoice(choices, valid) }),
    ...(entries.some(([, spec]) => spec.fill) && { fill: (value, at) => fillChoice(choices, value, at) }),
    ...(entries.some(([, spec]) => spec.checks) && { checks: [async (tagged, context) => checkChoice(choices, tagged, context)] }),
    // Of what the configuration says for each of them, only what it says for all.
    ...(entries.every(([, spec]) => spec.applyDefaults || !spec.fill) && { applyDefaults: true }),
    ...(lenient === undefined ? {} : { lenient }),
  };
}

function describe([name, spec]: readonly [string, Spec<unknown>]): string {
  const { description } = spec.wire.one.function;
  return description === undefined ? name : `${name} (${description})`;
}

function branch(name: string, { function: { description, parameters } }: ToolDefinition): JsonObject {
  const { $defs: _, ...schema } = parameters;
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    properties: { type: { type: "string", enum: [name] }, value: prefixRefs(schema, name) },
    required: ["type", "value"],
    additionalProperties: false,
  };
}

/** Definitions of several specs may share names, so each gets its choice's name before its own. */
function definitions(name: string, { function: { parameters } }: ToolDefinition): JsonObject {
  const { $defs, ...root } = parameters;
  const own = isObject($defs) ? Object.entries($defs).map(([key, schema]) => [`${name}_${key}`, prefixRefs(schema, name)]) : [];
  const isRecursive = JSON.stringify(parameters).includes('"$ref":"#"');
  return Object.fromEntries(isRecursive ? [...own, [name, prefixRefs(root, name)]] : own);
}

function prefixRefs(schema: unknown, name: string): unknown {
  if (Array.isArray(schema)) return schema.map((member) => prefixRefs(member, name));
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, member]) => {
      if (key !== "$ref" || typeof member !== "string") return [key, prefixRefs(member, name)];
      return [key, member === "#" ? `#/$defs/${name}` : member.replace("#/$defs/", `#/$defs/${name}_`)];
    }),
  );
}

function decodeChoice(choices: NamedChoices, wire: unknown): unknown {
  const tagged = isObject(wire) && !Object.hasOwn(wire, "type") && isObject(wire["result"]) ? wire["result"] : wire;
  const spec = specOf(choices, tagged);
  return spec !== undefined && isObject(tagged) ? { ...tagged, value: spec.decode(tagged["value"]) } : tagged;
}

function reviveChoice(choices: NamedChoices, valid: unknown): unknown {
  const spec = specOf(choices, valid);
  return spec?.revive !== undefined && isObject(valid) ? { ...valid, value: spec.revive(valid["value"]) } : valid;
}

function checkedChoice(choices: NamedChoices, valid: unknown): unknown {
  const spec = specOf(choices, valid);
  return spec?.checkedAs !== undefined && isObject(valid)
    ? { ...valid, value: spec.checkedAs(valid["value"]) }
    : reviveChoice(choices, valid);
}

function fillChoice(choices: NamedChoices, value: unknown, at: FillPlace = {}): unknown {
  const { path = [], around, memo } = at;
  const tagged = path.length === 0 ? value : around?.(0);
  const spec = specOf(choices, tagged);
  if (spec?.fill === undefined || !isObject(tagged)) return value;
  if (path.length > 0) {
    if (path[0] !== "value") return value;
    return spec.fill(value, { ...at, path: path.slice(1), around: (steps) => around?.(steps + 1) });
  }
  if (!Object.hasOwn(tagged, "value")) return tagged;
  const filled = spec.fill(tagged["value"], at);
  return filled === tagged["value"] ? tagged : remembered(memo, choices, tagged, () => ({ ...tagged, value: filled }));
}

async function checkChoice(choices: NamedChoices, tagged: { readonly value: unknown }, context: unknown): Promise<readonly Issue[]> {
  const spec = specOf(choices, tagged);
  const issues = spec === undefined ? [] : await specIssues(spec, "one", tagged.value, context);
  return issues.map((issue) => ({ ...issue, path: ["value", ...issue.path] }));
}

function specOf(choices: NamedChoices, tagged: unknown): Spec<unknown> | undefined {
  const type = isObject(tagged) ? tagged["type"] : undefined;
  return typeof type === "string" && Object.hasOwn(choices, type) ? choices[type] : undefined;
}

function choiceValidator(choices: NamedChoices): Validator {
  const validate: Validator = (tagged, { instancePath = "" } = {}) => {
    const fail = (at: string, keyword: string, params: ValidationFailure["params"]): false => {
      validate.errors = [{ instancePath: instancePath + at, schemaPath: `#/${keyword}`, keyword, params }];
      return false;
    };
    if (!isObject(tagged)) return fail("", "type", { type: "object" });
    for (const key of ["type", "value"]) if (!Object.hasOwn(tagged, key)) return fail("", "required", { missingProperty: key });
    const extra = Object.keys(tagged).find((key) => key !== "type" && key !== "value");
    if (extra !== undefined) return fail("", "additionalProperties", { additionalProperty: extra });
    const spec = specOf(choices, tagged);
    if (spec === undefined) return fail("/type", "enum", { allowedValues: Object.keys(choices) });
    const isValid = spec.validate(tagged["value"]);
    const errors = isValid ? [] : (spec.validate.errors ?? []);
    validate.errors = errors.map((error) => ({ ...error, instancePath: `${instancePath}/value${error.instancePath}` }));
    return isValid;
  };
  return validate;
}
