import type { ToolDefinition } from "../spec.js";
import type { ToolCall } from "./answer.js";

/**
 * The calls of several tools in one answer as the text of one list, `{ "items": [{ "type": …, "value": … }] }`: one item for each call, in
 * the order of the calls. Who reads a list reads it, streamed or whole. It grows as the calls do; what comes for a call while the one before
 * is no whole JSON (calls that interleave) waits for the end of the answer.
 */
export class JoinedCalls {
  /** The list's text so far. */
  text = "";
  /** Index of the call that is written, whether its item has begun, and how much of its arguments is written. */
  #at = 0;
  #begun = false;
  #written = 0;
  #waits = false;
  readonly #kinds: KindTools;

  constructor(kinds: KindTools) {
    this.#kinds = kinds;
  }

  /** Names of the tools, for messages. */
  get names(): string {
    return Object.keys(this.#kinds).join(", ");
  }

  /** Whether a tool of this name was offered. */
  knows(name: string): boolean {
    return Object.hasOwn(this.#kinds, name);
  }

  /** Whether there are calls, all of tools that were offered. */
  accepts(calls: readonly ToolCall[]): boolean {
    return calls.length > 0 && calls.every(({ name }) => this.knows(name));
  }

  /** Of these calls, those that are items. */
  itemsOf(calls: readonly ToolCall[]): readonly ToolCall[] {
    return calls.filter(({ name }) => this.#kindOf(name) !== undefined);
  }

  /** What the text has grown by. `isWhole`: no more will come. */
  grow(calls: readonly ToolCall[], isWhole = false): string {
    if (this.#waits && !isWhole) return "";
    let grown = "";
    while (this.#at < calls.length) {
      const call = calls[this.#at];
      if (call === undefined || !this.knows(call.name)) break;
      const kind = this.#kindOf(call.name);
      if (kind !== undefined) grown += this.#piece(call, kind, this.text + grown === "");
      const isLast = this.#at === calls.length - 1;
      if (isLast && !isWhole) break;
      if (kind !== undefined) {
        this.#waits = !isWhole && !isComplete(call.arguments);
        if (this.#waits) break;
        grown += "}";
      }
      this.#at++;
      this.#begun = false;
      this.#written = 0;
    }
    if (isWhole) grown += this.text + grown === "" ? `${head}]}` : "]}";
    this.text += grown;
    return grown;
  }

  #piece({ arguments: text }: ToolCall, kind: string, isFirst: boolean): string {
    const begin = this.#begun ? "" : `${isFirst ? head : ","}{"type":${JSON.stringify(kind)},"value":`;
    const piece = begin + text.slice(this.#written);
    this.#begun = true;
    this.#written = text.length;
    return piece;
  }

  /** The tag of the items that a tool gives; `undefined`: it gives none. */
  #kindOf(name: string): string | undefined {
    return this.knows(name) ? this.#kinds[name]?.kind : undefined;
  }
}

/** The tools of an answer, by name. */
export interface KindTools {
  readonly [name: string]: { readonly definition: ToolDefinition; readonly kind?: string };
}

const head = '{"items":[';

/**
 * A tool for each kind, and one for a text that holds none of them: the model has to call a tool, and must not invent something for it.
 * All are strict or none is.
 */
export function kindTools(kinds: Readonly<Record<string, ToolDefinition>>): KindTools {
  const tools: Record<string, KindTools[string]> = {};
  const add = (word: string, given: Omit<ToolDefinition["function"], "name">, kind?: string): void => {
    const stem = `extract_${word.replace(/[^\w-]/g, "_")}`.slice(0, 56);
    let name = stem;
    for (let count = 2; Object.hasOwn(tools, name); count++) name = `${stem}_${count}`;
    tools[name] = { definition: { type: "function", function: { name, ...given } }, ...(kind !== undefined && { kind }) };
  };
  const strict = Object.values(kinds).every((tool) => tool.function.strict);
  for (const [kind, { function: given }] of Object.entries(kinds)) {
    const { description = `One ${kind}.`, parameters } = given;
    add(kind, { description, strict, parameters }, kind);
  }
  add("nothing", {
    description: "To be called alone, for a text that holds nothing that another tool takes.",
    strict,
    parameters: { type: "object", properties: { reason: { type: "string" } }, required: ["reason"], additionalProperties: false },
  });
  return tools;
}

/** Of JSON, only objects and arrays say where they end: `1` may go on. */
function isComplete(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
