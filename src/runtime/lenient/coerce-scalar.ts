import type { JsonObject } from "../spec.js";
import { matchChoice } from "./match-choice.js";
import type { MessyLiteral, MessyString } from "./messy-node.js";
import { fit, misfit, repair, type Outcome } from "./outcome.js";

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

function show(node: Scalar): string {
  const text = JSON.stringify(node.value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function toText(node: Scalar, source: string): Outcome {
  if (node.kind === "string") return fit(node.value);
  if (node.value === null) return misfit("expected string, found null");
  // The digits as they were written: 1.50 stays 1.50.
  return fit(source, [repair("to-string", "safe", { from: source, to: JSON.stringify(source), span: [node.start, node.end] })], 1);
}

const plainNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const groupedNumber = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const fraction = /^([+-]?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/;
const adorned = /^(?:[$€£¥₹]|USD|EUR)?\s*([+-]?[\d.,]+(?:[eE][+-]?\d+)?)\s*(?:[$€£¥₹%]|[a-zA-Z]{1,12}\.?)?$/;

function toNumber(node: Scalar, integer: boolean): Outcome {
  if (node.kind === "literal") {
    if (typeof node.value !== "number") return misfit(`expected ${integer ? "integer" : "number"}, found ${show(node)}`);
    return integer && !Number.isInteger(node.value) ? misfit(`expected integer, found ${node.value}`) : fit(node.value);
  }
  const text = node.value.trim();
  const read = readNumber(text) ?? (node.quoted ? undefined : numberIn(text));
  if (!read || !Number.isFinite(read.value) || (integer && !Number.isInteger(read.value))) {
    return misfit(`expected ${integer ? "integer" : "number"}, found ${show(node)}`);
  }
  const facts = { from: node.value, to: String(read.value), span: [node.start, node.end] as const };
  return fit(read.value, [repair("to-number", read.severity, facts)]);
}

function readNumber(text: string): { readonly value: number; readonly severity: "safe" | "lenient" } | undefined {
  if (plainNumber.test(text)) return { value: Number(text), severity: "safe" };
  if (groupedNumber.test(text)) return { value: Number(text.replaceAll(",", "")), severity: "safe" };
  const [, over, under] = fraction.exec(text) ?? [];
  if (over !== undefined && under !== undefined) return { value: Number(over) / Number(under), severity: "lenient" };
  const digits = adorned.exec(text)?.[1];
  if (digits === undefined || digits === text) return undefined;
  const inner = readNumber(digits);
  return inner && { ...inner, severity: "lenient" };
}

/** The only number in a sentence. */
function numberIn(text: string): { readonly value: number; readonly severity: "lenient" } | undefined {
  const found = text.match(/(?<![\w.])[+-]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d)/g) ?? [];
  const values = new Set(found.map((digits) => Number(digits.replaceAll(",", ""))));
  const [value] = values;
  return value !== undefined && values.size === 1 ? { value, severity: "lenient" } : undefined;
}

function toBoolean(node: Scalar): Outcome {
  if (typeof node.value === "boolean") return fit(node.value);
  if (node.kind === "literal") return misfit(`expected boolean, found ${show(node)}`);
  const match = matchChoice(node.value, ["true", "false"]);
  const facts = { from: node.value, span: [node.start, node.end] as const };
  if (match.kind === "one") return fit(match.choice === "true", [repair("to-boolean", match.severity, { ...facts, to: match.choice })]);
  const spoken = /^(yes|y|on)$|^(no|n|off)$/i.exec(node.value.trim());
  if (match.kind === "none" && spoken) return fit(spoken[1] !== undefined, [repair("to-boolean", "lenient", facts)]);
  return misfit(match.kind === "several" ? `both true and false in ${show(node)}` : `expected boolean, found ${show(node)}`);
}

function toNull(node: Scalar): Outcome {
  if (node.value === null) return fit(null);
  const isWord = node.kind === "string" && /^(?:null|none|nil|undefined)$/i.test(node.value.trim());
  if (!isWord) return misfit(`expected null, found ${show(node)}`);
  return fit(null, [repair("to-null", node.quoted ? "lenient" : "safe", { from: node.value, to: "null", span: [node.start, node.end] })]);
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
