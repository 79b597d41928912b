import type { ValidatorText } from "./validator.js";

/** A document's first-error validator, as text for the codec file. */
export interface GuardText {
  /** The root's function, value → boolean, which `code` declares and doesn't export. */
  readonly root: string;
  /** The functions. They share the constants of the validator that they were made of. */
  readonly code: string;
}

/**
 * Makes functions that stop at the first fault and don't say which, all that a type guard needs, of those that collect all: a fault that
 * nothing forgives ends its function, any other is counted, as before. Ajv forgives what is found while it tries a branch (`anyOf`, `oneOf`,
 * `not`, `if`, `contains`) by setting its count back. Only lines known to the letter are replaced.
 *
 * @returns undefined where a line is left that speaks of faults: the validator has to do
 */
export function emitGuard({ root, code }: Pick<ValidatorText, "root" | "code">): GuardText | undefined {
  const lines = code.trimEnd().split("\n");
  const kept: string[] = [];
  for (let start = 0; start < lines.length;) {
    const end = endOfFunction(lines, start);
    if (end > start) kept.push(...stopping(lines.slice(start, end)));
    // The constants are the validator's; what is added to its functions (`validate0.evaluated = …`) is added to these.
    else if (lines[start]?.startsWith("const ") === false) kept.push(lines[start] ?? "");
    start = Math.max(end, start + 1);
  }
  if (kept.some(speaksOfFaults)) return undefined;
  return { root: renamed(root), code: `${kept.map(renamed).join("\n")}\n` };
}

/** Strings and members are matched to be passed over. */
const validatorName = /"(?:[^"\\]|\\.)*"|\.\w+|\bvalidate(\d+)/g;

function renamed(text: string): string {
  if (!text.includes("validate")) return text;
  return text.replace(validatorName, (whole, index: string | undefined) => (index === undefined ? whole : `admits${index}`));
}

/** Where a function that begins in a line is over; `start` where none begins. */
export function endOfFunction(lines: readonly string[], start: number): number {
  if (lines[start]?.startsWith("function ") !== true) return start;
  for (let index = start; index < lines.length; index += 1) {
    // `return true;` where the schema says nothing.
    if (lines[index] === "}" && (lines[index - 1] === "return errors === 0;" || lines[index - 1] === "return true;")) return index + 1;
  }
  return lines.length;
}

function speaksOfFaults(line: string): boolean {
  if (!/vErrors|instancePath|errors/.test(line)) return false;
  return /(?<!\.)\b(?:vErrors|instancePath)\b|\bvalidate\d+\w*\.errors\b/.test(line.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
}

/** Lines of one function, from the first at which Ajv counts to the one at which it sets the count back. */
interface Trial {
  readonly start: number;
  readonly end: number;
}

function stopping(lines: readonly string[]): readonly string[] {
  const trials = trialsOf(lines);
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (isFault(lines, index)) {
      const isFinal = trials.every((trial) => index < trial.start || index > trial.end || isVerdictOf(trial, lines, index));
      kept.push(isFinal ? "return false;" : "errors++;");
      index += 1;
      if (isFinal) while (/^(?:valid\d+ = false|break(?: \w+)?);$/.test(lines[index + 1] ?? "")) index += 1;
    } else if (forgetting.every((form, offset) => form.test(lines[index + offset] ?? ""))) index += forgetting.length - 1;
    else if (!isTold(line)) kept.push(withoutPlace(line));
  }
  return withoutCount(kept);
}

function trialsOf(lines: readonly string[]): readonly Trial[] {
  const starts = new Map<string, number>();
  const trials: Trial[] = [];
  for (const [index, line] of lines.entries()) {
    const [, counted, forgiven] = (line.includes("_errs") && /^(?:const (_errs\d+) = errors|errors = (_errs\d+));$/.exec(line)) || [];
    if (counted !== undefined) starts.set(counted, index);
    if (forgiven !== undefined) trials.push({ start: starts.get(forgiven) ?? 0, end: index });
  }
  return trials;
}

/** A fault takes two lines: one that records it, and the count. */
function isFault(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  const count = lines[at + 1];
  return (
    (count === "errors++;" && line.startsWith("(vErrors ??= []).push({")) ||
    (count === "errors = vErrors.length;" && /^vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);$/.test(line))
  );
}

/** The trial came to nothing: what is found is a fault, else all is forgiven. */
function isVerdictOf(trial: Trial, lines: readonly string[], at: number): boolean {
  return lines[at - 1]?.startsWith("if(") === true && lines[at + 2] === "}" && lines[at + 3] === "else {" && trial.end === at + 4;
}

/** What Ajv prints to take back what it has recorded of a trial. */
const forgetting: readonly RegExp[] = [
  /^if\(vErrors !== null\)\{$/,
  /^if\(_errs\d+\)\{$/,
  /^vErrors\.length = _errs\d+;$/,
  /^\}$/,
  /^else \{$/,
  /^vErrors = null;$/,
  /^\}$/,
  /^\}$/,
];

/** Only what is told of a fault needs the line. */
function isTold(line: string): boolean {
  return (
    line === "let vErrors = null;" ||
    /^\w+\.errors = (?:vErrors|null);$/.test(line) ||
    /^(?:let )?(?:passing\d+ = (?:null|\d+|\[.*\])|ifClause\d+(?: = "\w+")?);$/.test(line)
  );
}

/** Where a value stands is told of faults only. */
function withoutPlace(line: string): string {
  if (!line.includes("instancePath")) return line;
  return line
    .replace(
      /^(function \w+\(data), \{instancePath=""(?:, parentData, parentDataProperty, rootData=data)?(?:, (dynamicAnchors=\{\}))?\}=\{\}\)\{$/,
      shortHead,
    )
    .replace(/^(if\(!\(\w+\(\w+), \{instancePath\b.*?(,dynamicAnchors)?\}\)\)\)\{$/, shortCall);
}

function shortHead(_line: string, head: string, anchors: string | undefined): string {
  return anchors === undefined ? `${head}){` : `${head}, {${anchors}}={}){`;
}

function shortCall(_line: string, call: string, anchors: string | undefined): string {
  return anchors === undefined ? `${call}))){` : `${call}, {dynamicAnchors}))){`;
}

/** A function that counts nothing needs no count. */
function withoutCount(lines: readonly string[]): readonly string[] {
  if (
    lines.some((line) => line === "errors++;" || (line.includes("errors") && line !== "let errors = 0;" && line !== "return errors === 0;"))
  )
    return lines;
  return lines.flatMap((line) => (line === "let errors = 0;" ? [] : line === "return errors === 0;" ? ["return true;"] : [line]));
}
