import type { ExplainedChange, ExplainedForm, Explanation } from "./explain.js";

/** How the text is laid out. */
export interface ExplainTextOptions {
  /** Columns of the terminal: from 120 on, the two schemas stand side by side. Default 100. */
  readonly width?: number;
}

const limitNames = {
  characters: "characters",
  depth: "levels",
  properties: "properties",
  enumValues: "enum values",
  anyOfBranches: "branches of one anyOf",
  enumCharacters: "characters of one enum",
  longEnumFrom: "values of a long enum",
  nameCharacters: "characters of the name",
} as const;

/** An explanation as text without colours: verdict and limits, the changes with their places, the schema as written and as sent. */
export function explainText(explanation: Explanation, options: ExplainTextOptions = {}): string {
  const { name, source, profile, forms } = explanation;
  const title = `${name} (${source}), by the rules of ${profile}`;
  return `${[title, ...forms.map(formText), changesText(explanation), schemasText(explanation, options)].join("\n\n")}\n`;
}

/** The changes: each with its rule and its place. */
export function changesText({ changes }: Explanation): string {
  return changes.length === 0 ? "Nothing is changed." : `What is changed:\n${changes.map(changeText).join("\n")}`;
}

/** The schema as it is written, and as it is sent. */
export function schemasText({ original, forms }: Explanation, { width = 100 }: ExplainTextOptions = {}): string {
  return sideBySide(["as it is written", ...jsonLines(original)], ["as it is sent", ...jsonLines(forms[0]?.schema)], width);
}

/** What the schema costs in each prompt. */
export function promptText({ promptTokens }: ExplainedForm): string {
  return `about ${promptTokens.tools} tokens of each prompt as a tool, ${promptTokens.json_schema} as a response format`;
}

function formText(explained: ExplainedForm): string {
  const { form, strict, reasons, limits } = explained;
  const title = form === "one" ? "One object" : "A list of them";
  const verdict = strict ? "strict: the provider holds the model to it" : `guided only: ${reasons.join(", ")}`;
  const rows = limits.map(({ limit, actual, allowed }) => {
    const counted = actual === Number.POSITIVE_INFINITY ? "∞" : String(actual);
    return `  ${counted.padStart(6)} of ${String(allowed).padStart(5)} ${limitNames[limit]}${actual > allowed ? "  too many" : ""}`;
  });
  return [`${title}: ${verdict}`, ...rows, `  ${promptText(explained)}`].join("\n");
}

function changeText({ rule, pointer, at, detail }: ExplainedChange): string {
  return `  ${at.file}:${at.line}:${at.column}  ${rule}\n      ${pointer === "" ? "(root)" : pointer}: ${detail}`;
}

function jsonLines(value: unknown): readonly string[] {
  return JSON.stringify(value, null, 2).split("\n");
}

const narrowest = 120;
const gap = " │ ";

function sideBySide(left: readonly string[], right: readonly string[], width: number): string {
  if (width < narrowest) return `${headed(left)}\n\n${headed(right)}`;
  const half = Math.floor((width - gap.length) / 2);
  const rows = Math.max(left.length, right.length);
  const lines = Array.from({ length: rows }, (_, row) => `${cell(left[row] ?? "", half)}${gap}${cut(right[row] ?? "", half)}`);
  return lines.map((line) => line.trimEnd()).join("\n");
}

function headed([title = "", ...lines]: readonly string[]): string {
  return `${title}:\n${lines.join("\n")}`;
}

function cell(text: string, width: number): string {
  return cut(text, width).padEnd(width);
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
