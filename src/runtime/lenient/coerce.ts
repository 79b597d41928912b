import type { Repair } from "../options.js";
import type { JsonObject } from "../spec.js";
import { beyond, coerceChoice, coerceScalar, typesOf } from "./coerce-scalar.js";
import { coerceArray, coerceEntries, coerceObject } from "./coerce-parts.js";
import type { MessyArray, MessyNode, MessyObject } from "./messy-node.js";
import { atPath, below, costOf, fit, misfit, nearest, repair, withRepairs, type Outcome } from "./outcome.js";
import { parseMessy } from "./parse-messy.js";
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
      const called = this.#called(node, schema);
      if (called) return called;
      const outcome = withRepairs(coerceObject(this, node, schema), ...own);
      return outcome.ok ? outcome : (this.#implied(node, schema) ?? this.#wrapped(node, schema) ?? outcome);
    }
    if (type === "array")
      return node.kind === "array" ? withRepairs(coerceArray(this, node, schema), ...own) : this.#notArray(node, schema);
    if (node.kind === "string" || node.kind === "literal") return withRepairs(coerceScalar(node, type, this.source(node)), ...own);
    return this.#unwrapped(node, type);
  }

  #choice(node: MessyNode, choices: readonly unknown[]): Outcome {
    if (node.kind === "string" || node.kind === "literal") return coerceChoice(node, choices, this.source(node));
    const inner = onlyChild(node);
    if (!inner || inner.kind === "object" || inner.kind === "array")
      return misfit("expected one of the listed values, found an object or a list");
    return withRepairs(this.#choice(inner, choices), repair("unwrap", "lenient", { span: [node.start, node.end] }));
  }

  /** An object or a list where a scalar is due. */
  #unwrapped(node: MessyObject | MessyArray, type: string): Outcome {
    const source = this.source(node);
    const span = [node.start, node.end] as const;
    if (type === "string" && node.closed) {
      // What is no JSON (`{title: string}`) was meant as text; JSON in a text's place is a guess.
      const severity = isJson(node) ? "lenient" : "safe";
      return fit(source, [repair("to-string", severity, { from: source.slice(0, 80), span })], 20);
    }
    const inner = onlyChild(node);
    if (!inner || inner.kind === "object" || inner.kind === "array") {
      return misfit(`expected ${type}, found ${node.kind === "array" ? "a list" : "an object"}`);
    }
    return withRepairs(coerceScalar(inner, type, this.source(inner)), repair("unwrap", "lenient", { span }));
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
    const properties = isObject(schema["properties"]) ? schema["properties"] : {};
    const [key, ...others] = Object.keys(properties);
    if (key === undefined || others.length > 0 || isObject(schema["additionalProperties"])) return undefined;
    if (node.kind === "object" && node.members.some((member) => member.key.trim() === key)) return undefined;
    const inner = this.coerce(node, properties[key]);
    if (!inner.ok) return undefined;
    const isProse = node.kind === "string" && !node.quoted;
    const isClosed = schema["additionalProperties"] === false;
    const isOurs = wrapperKeys.has(key) && (isClosed || schema === this.options.schemas.root);
    // Two guesses on top of each other are one too many.
    if (costOf(inner) >= 100 && !isProse && !isOurs) return undefined;
    const isRoot = schema === this.options.schemas.root && key === this.options.wrapper;
    const isSafe = isProse ? isRoot && inner.repairs.length === 0 : isOurs;
    const added = repair("implied-key", isSafe ? "safe" : "lenient", { to: key, span: [node.start, node.end] });
    return fit({ [key]: inner.value }, [added, ...below(key, inner.repairs)], inner.extra + 10);
  }

  /** A call of the tool that was sent, as text. Its name tells it from an object that has such keys itself, `name` above all. */
  #called(node: MessyObject, schema: JsonObject): Outcome | undefined {
    const { tool, schemas } = this.options;
    const given = schema === schemas.root && tool !== undefined ? argumentsOf(node, tool) : undefined;
    const outcome = given && this.coerce(given, schema);
    return outcome?.ok
      ? withRepairs(outcome, repair("tool-call", "safe", { span: [node.start, node.end] }), ...node.fixes.map(atPath))
      : undefined;
  }

  /** The whole answer within an object that is none of the schema's: a tool call as it is sent, or one key around it. */
  #wrapped(node: MessyObject, schema: JsonObject): Outcome | undefined {
    // Of a root that is no object, keys around it say what it is one of.
    if (schema !== this.options.schemas.root || this.options.wrapper !== undefined) return undefined;
    const declared = isObject(schema["properties"]) ? schema["properties"] : {};
    if (node.members.some(({ key }) => Object.hasOwn(declared, key))) return undefined;
    const inner = argumentsOf(node) ?? onlyChild(node);
    const outcome = inner && this.coerce(inner, schema);
    if (!outcome?.ok) return undefined;
    const [{ key } = { key: "" }, ...others] = node.members;
    const isCall = others.length > 0;
    const added = repair(isCall ? "tool-call" : "unwrap", isCall || answerKeys.has(key.toLowerCase()) ? "safe" : "lenient", {
      ...(!isCall && { from: key }),
      span: [node.start, node.end],
    });
    return withRepairs(outcome, added, ...node.fixes.map(atPath));
  }

  #notArray(node: MessyNode, schema: JsonObject): Outcome {
    const encoded = this.#encoded(node, schema);
    if (encoded?.ok) return encoded;
    if (!("items" in schema) || (node.kind === "literal" && node.value === null)) return misfit("expected a list");
    const entries = node.kind === "object" ? coerceEntries(this, node, schema["items"]) : undefined;
    if (entries?.ok) return withRepairs(entries, ...node.fixes.map(atPath));
    const item = this.coerce(node, schema["items"]);
    const inner = !item.ok && node.kind === "object" ? onlyChild(node) : undefined;
    if (inner?.kind === "array") {
      const list = this.coerce(inner, schema);
      if (list.ok) return withRepairs(list, repair("unwrap", "lenient", { span: [node.start, node.end] }));
    }
    if (!item.ok) return misfit(`expected a list; ${item.problem}`, item.path);
    const repairs = [repair("wrap", "safe", { span: [node.start, node.end] }), ...below(0, item.repairs)];
    return fit([item.value], repairs, item.extra + 5);
  }

  /** JSON within a string. */
  #encoded(node: MessyNode, schema: JsonObject): Outcome | undefined {
    if (node.kind !== "string" || !node.closed) return undefined;
    const text = node.value.trim();
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

/** Keys under which the lowering wraps lists, maps and roots that are no objects: to leave them out loses nothing. */
const wrapperKeys: ReadonlySet<string> = new Set(["items", "value", "list", "map"]);

/** Keys that say no more than that an answer follows. */
const answerKeys: ReadonlySet<string> = new Set([
  "result",
  "response",
  "data",
  "output",
  "answer",
  "json",
  "parameters",
  "arguments",
  "function",
  "tool_calls",
]);

/** The arguments of a tool call, where an object is one and nothing else; of `{ type, function: { … } }` the inner call. @param tool its name */
function argumentsOf({ members }: MessyObject, tool?: string): MessyNode | undefined {
  const isCall = members.length > 1 && members.every(({ key }) => /^(?:name|type|id|function|arguments|parameters|args|input)$/.test(key));
  const given = members.filter(({ key }) => /^(?:function|arguments|parameters|args|input)$/.test(key));
  const isNamed = members.some(({ key, value }) => {
    if (key === "function") return tool === undefined && value?.kind === "object";
    return key === "name" && value?.kind === "string" && (tool === undefined || value.value.replace(/^functions\./, "") === tool);
  });
  return isCall && isNamed && given.length === 1 ? given[0]?.value : undefined;
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
