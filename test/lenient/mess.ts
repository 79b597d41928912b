import * as fc from "fast-check";

/** How one text is messed up; each member is a habit that models have, and none of them loses anything. */
export interface Habits {
  readonly quote: '"' | "'" | "smart";
  readonly bareKeys: boolean;
  readonly keyCase: "as is" | "upper";
  readonly space: "none" | "pretty" | "tabs";
  readonly trailingComma: boolean;
  readonly comment: "none" | "line" | "block" | "hash";
  readonly python: boolean;
  readonly numbersQuoted: boolean;
  readonly rawLineBreaks: boolean;
  readonly twice: boolean;
  readonly closed: boolean;
  readonly around: readonly [string, string];
}

const surroundings: readonly (readonly [string, string])[] = [
  ["", ""],
  ["```json\n", "\n```"],
  ["```\n", "\n```\n"],
  ["~~~json\n", "\n~~~"],
  ["Here is the JSON you asked for:\n\n```json\n", "\n```\n\nLet me know if you need anything else!"],
  ["Sure! ", " Hope that helps."],
  ['<think>\nThe user wants JSON, maybe {"a": 1}.\n</think>\n\n', ""],
  ["Okay, so I need an object like {x: 1}?\n</think>\n", ""],
  ['<|channel|>analysis<|message|>Maybe {"a": 1}.<|end|><|start|>assistant<|channel|>final<|message|>', "<|return|>"],
  ["<|begin_of_thought|>\n{x: 1}?\n<|end_of_thought|>\n<|begin_of_solution|>", "<|end_of_solution|>"],
  ["<response><![CDATA[", "]]></response>"],
  ["<answer>", "</answer>"],
  ["<json>\n", "\n</json>"],
  ["<tool_call>\n", "\n</tool_call>"],
  ["JSON: ", ""],
  ["**Result**\n\n", "\n\n*Note: all values as in the text.*"],
  ["\uFEFF", "\n"],
  ["\u200B", ""],
  ["const result = ", ";"],
  ["extract_it(", ")"],
  ["return ", ""],
  ["json\n", ""],
  ["The answer [see below] is:\n", "\n(as given)"],
  ["1. First I read the text.\n2. Then I wrote it down:\n", ""],
];

export const habits: fc.Arbitrary<Habits> = fc.record({
  quote: fc.constantFrom<Habits["quote"]>('"', '"', "'", "smart"),
  bareKeys: fc.boolean(),
  keyCase: fc.constantFrom<Habits["keyCase"]>("as is", "as is", "upper"),
  space: fc.constantFrom<Habits["space"]>("none", "pretty", "tabs"),
  trailingComma: fc.boolean(),
  comment: fc.constantFrom<Habits["comment"]>("none", "none", "line", "block", "hash"),
  python: fc.boolean(),
  numbersQuoted: fc.boolean(),
  rawLineBreaks: fc.boolean(),
  twice: fc.constantFrom(false, false, false, true),
  closed: fc.constantFrom(true, true, true, false),
  around: fc.constantFrom(...surroundings),
});

/** The value as a model with these habits writes it. */
export function mess(value: unknown, habits: Habits): string {
  const { around, twice, closed } = habits;
  let written = write(value, habits, 1);
  if (!closed) written = written.replace(/[\]}\s]+$/, "");
  if (!closed) return `${around[0]}${written}`;
  return `${around[0]}${written}${around[1]}${twice && closed ? `\n\n${around[0]}${written}${around[1]}` : ""}`;
}

function write(value: unknown, h: Habits, depth: number): string {
  if (typeof value === "string") return quoted(value, h);
  if (typeof value === "boolean" && h.python) return value ? "True" : "False";
  if (typeof value === "number" && h.numbersQuoted) return `"${value}"`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => write(item, h, depth + 1))
    : Object.entries(value).map(([key, member]) => `${keyOf(key, h)}:${h.space === "none" ? "" : " "}${write(member, h, depth + 1)}`);
  const [open, close] = isList ? "[]" : "{}";
  const pad = h.space === "tabs" ? "\t" : "  ";
  const isFlat = h.space === "none" || parts.length === 0;
  const note =
    h.comment === "none" || isFlat
      ? ""
      : { line: " // as in the text", block: " /* as in the text */", hash: " # as in the text" }[h.comment];
  const comma = h.trailingComma && parts.length > 0 ? "," : "";
  if (isFlat) return `${open}${parts.join(",")}${comma}${close}`;
  return `${open}${note}\n${parts.map((part, at) => `${pad.repeat(depth)}${part}${at < parts.length - 1 ? "," : comma}`).join("\n")}\n${pad.repeat(depth - 1)}${close}`;
}

function keyOf(key: string, h: Habits): string {
  const cased = h.keyCase === "upper" ? key.toUpperCase() : key;
  return h.bareKeys ? cased : quoted(cased, h);
}

function quoted(value: string, h: Habits): string {
  const inner = JSON.stringify(value).slice(1, -1);
  const lines = h.rawLineBreaks ? inner.replace(/(?<!\\)((?:\\\\)*)\\n/g, "$1\n") : inner;
  if (h.quote === '"') return `"${lines}"`;
  if (h.quote === "'") return `'${lines.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  return `“${lines.replaceAll('\\"', '"')}”`;
}
