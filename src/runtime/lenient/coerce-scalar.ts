import type { JsonObject } from "../spec.js";
import { matchChoice } from "./match-choice.js";
import type { MessyLiteral, MessyString } from "./messy-node.js";
import { fit, misfit, repair, type Outcome } from "./outcome.js";
import { numberIn, readNumber } from "./read-number.js";

type Scalar = MessyString | MessyLiteral;

/** A scalar as a value of one of the JSON types. `source`: how it stands in the text. */
export function coerceScalar(node: Scalar, type: string, source: string): Outcome {
  switch (type) {
    case "string":
      return toText(node, source);
    case "number":
    case "integer":
      return toNumber(node, type === "integer");
    case "boolean":
      return toBoolean(node);
    case "null":
      return toNull(node);
    default:
      return misfit(`expected ${type}, found ${show(node)}`);
  }
}

/** Infinity is nothing that JSON can say: it would go on as null. */
export const beyond: string = "a number larger than any that can be held";

function show(node: Scalar): string {
  const text = JSON.stringify(node.value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function toText(node: Scalar, source: string): Outcome {
  // Without quotes it is a truth value of Python, where one may stand.
  const isTruth = node.kind === "string" && !node.quoted && /^(?:True|False)$/.test(node.value);
  if (node.kind === "string" && !isLiteral(node)) return fit(node.value, [], isTruth ? 3 : 0);
  if (node.value === null || node.kind === "string") return misfit("expected string, found null");
  // The digits as they were written: 1.50 stays 1.50.
  return fit(source, [repair("to-string", "safe", { from: source, to: JSON.stringify(source), span: [node.start, node.end] })], 1);
}

/** A word of a programming language, or one of JSON that the end of the text cut. */
function isLiteral({ value, quoted, closed }: MessyString): boolean {
  if (quoted) return false;
  return /^(?:None|undefined)$/.test(value) || (!closed && /^(?:n|nu|nul|[tT](?:r|ru)?|[fF](?:a|al|als)?|N|No|Non)$/.test(value));
}

function toNumber(node: Scalar, integer: boolean): Outcome {
  if (node.kind === "literal") {
    if (typeof node.value !== "number") return misfit(`expected ${integer ? "integer" : "number"}, found ${show(node)}`);
    if (!Number.isFinite(node.value)) return misfit(beyond);
    return integer && !Number.isInteger(node.value) ? misfit(`expected integer, found ${node.value}`) : fit(node.value);
  }
  const text = node.value.trim();
  if (!node.closed && /\de[+-]?$/i.test(text)) return misfit(`${show(node)} is cut in its exponent`);
  const read = readNumber(text, { whole: integer, bare: !node.quoted }) ?? (node.quoted ? undefined : numberIn(text));
  if (!read || (integer && !Number.isInteger(read.value))) {
    return misfit(`expected ${integer ? "integer" : "number"}, found ${show(node)}`);
  }
  const facts = { from: node.value, to: String(read.value), span: [node.start, node.end] as const };
  return fit(read.value, [repair("to-number", read.severity, facts)]);
}

function toBoolean(node: Scalar): Outcome {
  if (typeof node.value === "boolean") return fit(node.value);
  const facts = { from: String(node.value), span: [node.start, node.end] as const };
  const digit = /^[01]$/.exec(String(node.value).trim())?.[0];
  if (digit !== undefined) return fit(digit === "1", [repair("to-boolean", "lenient", { ...facts, to: String(digit === "1") })]);
  if (node.kind === "literal") return misfit(`expected boolean, found ${show(node)}`);
  const match = matchChoice(node.value, ["true", "false"]);
  if (match.kind === "one") return fit(match.choice === "true", [repair("to-boolean", match.severity, { ...facts, to: match.choice })]);
  const spoken = match.kind === "none" ? spokenTruth(node.value) : undefined;
  if (spoken !== undefined) return fit(spoken, [repair("to-boolean", "lenient", facts)]);
  return misfit(match.kind === "several" ? `both true and false in ${show(node)}` : `expected boolean, found ${show(node)}`);
}

const yes = /^(?:yes|y|t|on)$/i;
const no = /^(?:no|n|f|off)$/i;

/** Yes or no, alone or before what explains it, where the other is not said too. */
function spokenTruth(text: string): boolean | undefined {
  const bare = text.replace(/^[\s*_"'`]+|[\s*_"'`.!]+$/g, "");
  const word = /^(yes|no)[*_"'`]*\s*[,.;:!\n—–-](?!\s*\d)/i.exec(bare)?.[1] ?? bare;
  const isYes = yes.test(word);
  if (!isYes && !no.test(word)) return undefined;
  return word !== bare && (isYes ? /\bno\b/i : /\byes\b/i).test(bare) ? undefined : isYes;
}

function toNull(node: Scalar): Outcome {
  if (node.value === null) return fit(null);
  if (node.kind !== "string") return misfit(`expected null, found ${show(node)}`);
  const word = node.value.trim();
  const isNull = /^(?:null|none|nil|undefined)$/i.test(word);
  if (!isNull && !/^(?:n\/a|-|–|—|)$/i.test(word)) return misfit(`expected null, found ${show(node)}`);
  const severity = node.quoted || !isNull ? "lenient" : "safe";
  return fit(null, [repair("to-null", severity, { from: node.value, to: "null", span: [node.start, node.end] })]);
}

/** A scalar as one of the values a place is limited to. */
export function coerceChoice(node: Scalar, choices: readonly unknown[], source: string): Outcome {
  const same = choices.find((choice) => choice === node.value);
  if (same !== undefined) return fit(same);
  const facts = { from: source, span: [node.start, node.end] as const };
  const texts = choices.filter((choice) => typeof choice === "string");
  if (node.kind === "literal") {
    // An enum of digits: "1040" written as 1040.
    const written = texts.find((choice) => choice === source);
    return written === undefined
      ? misfit(`expected ${list(choices)}, found ${show(node)}`)
      : fit(written, [repair("to-string", "safe", facts)], 1);
  }
  const match = matchChoice(node.value, texts);
  if (match.kind === "one") return fit(match.choice, [repair("choice", match.severity, { ...facts, to: match.choice })]);
  if (match.kind === "several") return misfit(`${list(match.choices)} are all named in ${show(node)}`);
  for (const choice of choices) {
    if (typeof choice === "string") continue;
    const outcome = coerceScalar(node, choice === null ? "null" : typeof choice, source);
    if (outcome.ok && outcome.value === choice) return outcome;
  }
  return misfit(`expected ${list(choices)}, found ${show(node)}`);
}

function list(choices: readonly unknown[]): string {
  const shown = choices.slice(0, 8).map((choice) => JSON.stringify(choice));
  return shown.join(" or ") + (choices.length > shown.length ? " or …" : "");
}

/** The types a place allows; nothing where it says nothing. */
export function typesOf(schema: JsonObject): readonly string[] | undefined {
  const { type } = schema;
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter((each) => typeof each === "string");
  if ("properties" in schema || "additionalProperties" in schema || "required" in schema) return ["object"];
  return "items" in schema || "prefixItems" in schema ? ["array"] : undefined;
}
