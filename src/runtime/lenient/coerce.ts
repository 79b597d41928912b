import type { Repair } from "../options.js";
import type { JsonObject } from "../spec.js";
import { beyond, coerceChoice, coerceScalar, typesOf } from "./coerce-scalar.js";
import { coerceArray, coerceEntries, coerceObject } from "./coerce-parts.js";
import type { MessyArray, MessyNode, MessyObject } from "./messy-node.js";
import { atPath, below, fit, isGuessed, misfit, nearest, repair, withRepairs, type Outcome } from "./outcome.js";
import { parseMessy } from "./parse-messy.js";
import { parseString } from "./read-string.js";
import { writtenCall } from "./tool-call.js";
import { branchesOf, choicesOf, isObject, type WireSchema } from "./wire-schema.js";

export interface CoercionOptions {
  /** What the nodes were read from. */
  readonly text: string;
  readonly schemas: WireSchema;
  /** The text still arrives. */
  readonly partial: boolean;
  readonly mayLack: boolean;
  /** The key in which the lowering wrapped a root that is no object. */
  readonly wrapper: string | undefined;
  /** Name of the tool that was sent. */
  readonly tool: string | undefined;
  /** The schema of the one list whose items may stay as they are where they do not fit. */
  readonly apart: unknown;
  /** Keys that no schema names are left out, and that is recorded; else they stay, for the validator to judge. */
  readonly dropUndeclared: boolean;
}

/** Makes what stands in a text fit a schema. One for each text: it remembers what it has tried. */
export class Coercion {
  readonly options: CoercionOptions;
  readonly #tried = new Map<MessyNode, Map<unknown, Outcome>>();

  constructor(options: CoercionOptions) {
    this.options = options;
  }

  coerce(node: MessyNode, schema: unknown): Outcome {
    const tried = this.#tried.get(node) ?? new Map<unknown, Outcome>();
    this.#tried.set(node, tried);
    const known = tried.get(schema);
    if (known) return known;
    // A schema that comes back to itself at the same node leads nowhere.
    tried.set(schema, misfit("the schema refers to itself"));
    const outcome = this.#byShape(node, this.options.schemas.flatten(schema));
    tried.set(schema, outcome);
    return outcome;
  }

  /** How a node stands in the text. */
  source(node: MessyNode): string {
    return node.kind === "string" && node.quoted ? node.value : this.options.text.slice(node.start, node.end);
  }

  /** `true` for what may still change its value when more of the text arrives. */
  isUnfinished(node: MessyNode, schema: unknown): boolean {
    if (!this.options.partial || node.closed || node.kind === "object" || node.kind === "array") return false;
    if (node.kind === "literal" || !node.quoted) return true;
    const flat = this.options.schemas.flatten(schema);
    const types = typesOf(flat);
    const mayGrow =
      choicesOf(flat) === undefined && !("format" in flat) && !("pattern" in flat) && (types === undefined || types.includes("string"));
    const branches = branchesOf(flat);
    return branches ? branches.every((branch) => this.isUnfinished(node, branch)) : !mayGrow;
  }

  #byShape(node: MessyNode, schema: JsonObject): Outcome {
    const choices = choicesOf(schema);
    if (node.kind === "string" && !node.quoted && /^(?:\.{3,}|…)$/.test(node.value))
      return misfit("an ellipsis stands for what was left out");
    if (choices) return withRepairs(this.#choice(node, choices), ...node.fixes.map(atPath));
    const branches = branchesOf(schema);
    if (branches) return nearest(branches.map((branch) => this.coerce(node, branch)));
    const types = typesOf(schema);
    if (!types || types.length === 0) return withRepairs(this.#any(node), ...node.fixes.map(atPath));
    return nearest(types.map((type) => this.#typed(node, schema, type)));
  }

  #typed(node: MessyNode, schema: JsonObject, type: string): Outcome {
    const own = node.fixes.map(atPath);
    if (type === "object") {
      if (node.kind !== "object") return this.#notObject(node, schema);
      const call = this.#called(node, schema) ?? (this.options.partial ? this.#wrapped(node, schema) : undefined);
      if (call) return call;
      const outcome = withRepairs(coerceObject(this, node, schema), ...own);
      return outcome.ok ? outcome : (this.#implied(node, schema) ?? this.#wrapped(node, schema) ?? outcome);
    }
    if (type === "array") return node.kind === "array" ? this.#list(node, schema) : this.#notArray(node, schema);
    if (node.kind === "string" || node.kind === "literal") return withRepairs(coerceScalar(node, type, this.source(node)), ...own);
    return this.#unwrapped(node, type);
  }

  #choice(node: MessyNode, choices: readonly unknown[]): Outcome {
    if (node.kind === "string" || node.kind === "literal") return coerceChoice(node, choices, this.source(node));
    const inner = onlyChild(node);
    if (!inner || inner.kind === "object" || inner.kind === "array")
      return misfit("expected one of the listed values, found an object or a list");
    return withRepairs(this.#choice(inner, choices), repair("unwrap", unwrapping(node), { span: [node.start, node.end] }));
  }

  /** An object or a list where a scalar is due. */
  #unwrapped(node: MessyObject | MessyArray, type: string): Outcome {
    const source = this.source(node);
    const span = [node.start, node.end] as const;
    if (type === "string" && node.closed) {
      // What is no JSON (`{title: string}`) was meant as text; JSON in a text's place is a guess.
      const severity = isJson(node) ? "lenient" : "safe";
      return fit(source, [repair("to-string", severity, { from: source.slice(0, 80), span })], textCost);
    }
    const inner = onlyChild(node);
    if (!inner || inner.kind === "object" || inner.kind === "array") {
      return misfit(`expected ${type}, found ${node.kind === "array" ? "a list" : "an object"}`);
    }
    return withRepairs(coerceScalar(inner, type, this.source(inner)), repair("unwrap", unwrapping(node), { span }));
  }

  #notObject(node: MessyNode, schema: JsonObject): Outcome {
    const encoded = this.#encoded(node, schema);
    if (encoded?.ok) return encoded;
    const [only, ...others] = node.kind === "array" ? node.items : [];
    if (only?.kind === "object" && others.length === 0) {
      const inner = withRepairs(this.coerce(only, schema), repair("unwrap", "safe", { span: [node.start, node.end] }));
      if (inner.ok) return inner;
    }
    const found = node.kind === "array" ? `a list of ${node.items.length}` : JSON.stringify(this.source(node).slice(0, 40));
    return this.#implied(node, schema) ?? encoded ?? misfit(`expected an object, found ${found}`);
  }

  /** The value of an object's only property, without the object around it. */
  #implied(node: MessyNode, schema: JsonObject): Outcome | undefined {
    const properties = propertiesOf(schema);
    const [key, ...others] = Object.keys(properties);
    if (key === undefined || others.length > 0 || isObject(schema["additionalProperties"])) return undefined;
    if (node.kind === "object" && node.members.some((member) => member.key.trim() === key)) return undefined;
    const inner = this.coerce(node, properties[key]);
    if (!inner.ok) return undefined;
    const isProse = node.kind === "string" && !node.quoted;
    const isClosed = schema["additionalProperties"] === false;
    const isOurs = wrapperKeys.has(key) && (isClosed || schema === this.options.schemas.root);
    // Two guesses on top of each other are one too many.
    if (isGuessed(inner) && !isProse && !isOurs) return undefined;
    const isRoot = schema === this.options.schemas.root && key === this.options.wrapper;
    const isSafe = isProse ? isRoot && !isGuessed(inner) : isOurs;
    const added = repair("implied-key", isSafe ? "safe" : "lenient", { to: key, span: [node.start, node.end] });
    return fit({ [key]: inner.value }, [added, ...below(key, inner.repairs)], inner.extra + 10);
  }

  /** Whether a schema is that of the answer, or of one item of the list that is the answer. */
  #isAnswer(schema: JsonObject): boolean {
    const { schemas, wrapper } = this.options;
    // Of a root that is no object, keys around it say what it is one of.
    return (wrapper === undefined && schema === schemas.root) || schemas.itemsOfRoot().includes(schema);
  }

  /** The arguments of a tool call as it is sent, whatever keys the arguments have. */
  #called(node: MessyObject, schema: JsonObject): Outcome | undefined {
    const call = this.#isAnswer(schema) ? writtenCall(node) : undefined;
    const properties = propertiesOf(schema);
    if (!call || isObject(schema["additionalProperties"]) || Object.hasOwn(properties, call.key)) return undefined;
    // Where objects have that key themselves, `name` above all, the name has to be the tool's.
    const { tool = call.name } = this.options;
    if (Object.hasOwn(properties, call.nameKey) && call.name !== tool) return undefined;
    const outcome = this.coerce(call.node, schema);
    if (!outcome.ok) return undefined;
    return withRepairs(outcome, repair("tool-call", "safe", { span: [node.start, node.end] }), ...node.fixes.map(atPath));
  }

  /** The whole answer under one key that is none of the schema's. */
  #wrapped(node: MessyObject, schema: JsonObject): Outcome | undefined {
    const [{ key } = { key: "" }] = node.members;
    if (!this.#isAnswer(schema) || Object.hasOwn(propertiesOf(schema), key)) return undefined;
    const severity = unwrapping(node);
    const inner = onlyChild(node);
    if (!inner || (this.options.partial && (severity === "lenient" || inner.kind !== "object"))) return undefined;
    const outcome = this.coerce(inner, schema);
    return outcome.ok
      ? withRepairs(outcome, repair("unwrap", severity, { from: key, span: [node.start, node.end] }), ...node.fixes.map(atPath))
      : undefined;
  }

  #list(node: MessyArray, schema: JsonObject): Outcome {
    const outcome = withRepairs(coerceArray(this, node, schema), ...node.fixes.map(atPath));
    const [only, ...others] = node.items;
    if (outcome.ok || only?.kind !== "array" || others.length > 0) return outcome;
    const inner = this.coerce(only, schema);
    return inner.ok ? withRepairs(inner, repair("unwrap", "safe", { span: [node.start, node.end] })) : outcome;
  }

  #notArray(node: MessyNode, schema: JsonObject): Outcome {
    const encoded = this.#encoded(node, schema);
    if (encoded?.ok) return encoded;
    if (!("items" in schema) || (node.kind === "literal" && node.value === null)) return misfit("expected a list");
    const entries = node.kind === "object" ? coerceEntries(this, node, schema["items"]) : undefined;
    if (entries?.ok) return withRepairs(entries, ...node.fixes.map(atPath));
    const item = this.coerce(node, schema["items"]);
    const inner = node.kind === "object" ? onlyChild(node) : undefined;
    if (node.kind === "object" && inner?.kind === "array" && !(item.ok && !isGuessed(item))) {
      const list = this.coerce(inner, schema);
      if (list.ok) return withRepairs(list, repair("unwrap", unwrapping(node), { span: [node.start, node.end] }));
    }
    if (!item.ok) return this.#split(node, schema) ?? misfit(`expected a list; ${item.problem}`, item.path);
    // Prose, and what may be a list without brackets, is one item only by a guess, if that is not one already.
    const isProse = this.options.text === "" && node.kind === "string";
    const mayBeMore = node.kind === "string" && /[,;\n，；、]/.test(node.value);
    if (mayBeMore && (isGuessed(item) || (isProse && node.value.includes("\n"))))
      return misfit("expected a list, found what may be several items");
    const isGuess = isProse || mayBeMore;
    const repairs = [repair("wrap", isGuess ? "lenient" : "safe", { span: [node.start, node.end] }), ...below(0, item.repairs)];
    return fit([item.value], repairs, item.extra + 5);
  }

  /** A list of choices or numbers in one string. */
  #split(node: MessyNode, schema: JsonObject): Outcome | undefined {
    const parts = node.kind === "string" ? node.value.split(/[,;\n，；、]/) : [];
    if (parts.length < 2 || node.kind !== "string") return undefined;
    const items = parts.map((part): MessyNode => ({ ...node, value: part.trim(), fixes: [] }));
    const outcome = coerceArray(this, { ...node, kind: "array", items }, schema);
    return withRepairs(outcome, repair("split", "lenient", { from: node.value.slice(0, 80), span: [node.start, node.end] }));
  }

  /** JSON within a string. */
  #encoded(node: MessyNode, schema: JsonObject): Outcome | undefined {
    if (node.kind !== "string" || !node.closed) return undefined;
    const text = node.value.trim();
    const again = text.startsWith('"') ? parseString(text) : undefined;
    if (again !== undefined) return this.#encoded({ ...node, value: again }, schema);
    const inner = parseMessy(text, 0);
    if (!inner || inner === "too deep" || inner.end < text.length) return undefined;
    const outcome = new Coercion({ ...this.options, text }).coerce(inner, schema);
    if (!outcome.ok) return outcome;
    // Offsets in the inner text mean nothing to the reader of the outer.
    const repairs = outcome.repairs.map(withoutSpan);
    const added = repair("double-encoded", "safe", { span: [node.start, node.end] });
    return fit(outcome.value, [...node.fixes.map(atPath), added, ...repairs], outcome.extra + 2);
  }

  #any(node: MessyNode): Outcome {
    if (node.kind === "object") return coerceObject(this, node, {});
    if (node.kind === "array") return coerceArray(this, node, {});
    if (node.kind === "string" && !node.quoted && /^(?:True|False|None)$/.test(node.value)) {
      const value = node.value === "None" ? null : node.value === "True";
      return fit(value, [repair("python-literal", "safe", { from: node.value, to: String(value), span: [node.start, node.end] })]);
    }
    return typeof node.value === "number" && !Number.isFinite(node.value) ? misfit(beyond) : fit(node.value);
  }
}

function withoutSpan(inner: Repair): Repair {
  const { span: _, ...rest } = inner;
  return rest;
}

/** What an object or a list costs as a text, where it may also be taken for what it is: more than any number of safe repairs. */
const textCost = 500_000;

/** Keys under which the lowering wraps lists, maps and roots that are no objects: to leave them out loses nothing. */
const wrapperKeys: ReadonlySet<string> = new Set(["items", "value", "list", "map"]);

/** Keys that say no more than that an answer follows. */
const answerKeys: ReadonlySet<string> = new Set([
  "result",
  "results",
  "response",
  "data",
  "output",
  "answer",
  "json",
  "parameters",
  "arguments",
  "value",
  "items",
  "list",
]);

/** What is lost with an object or list around one value: nothing, where its key says nothing. */
function unwrapping(node: MessyObject | MessyArray): Repair["severity"] {
  const [member] = node.kind === "object" ? node.members : [];
  return member && answerKeys.has(member.key.toLowerCase()) ? "safe" : "lenient";
}

function propertiesOf(schema: JsonObject): JsonObject {
  return isObject(schema["properties"]) ? schema["properties"] : {};
}

/** Whether a node is written as JSON has it, with quotes and all. */
function isJson(node: MessyNode): boolean {
  if (node.fixes.length > 0) return false;
  if (node.kind === "array") return node.items.every(isJson);
  return node.kind !== "object" || node.members.every(({ value }) => value !== undefined && isJson(value));
}

/** The one value in an object or list that holds one. */
function onlyChild(node: MessyObject | MessyArray): MessyNode | undefined {
  const children = node.kind === "object" ? node.members.map((member) => member.value) : node.items;
  return children.length === 1 ? children[0] : undefined;
}
