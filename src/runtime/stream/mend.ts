import { decodeAnswer } from "../call/decode-answer.js";
import { Fault } from "../call/fault.js";
import type { JsonScanner } from "../json/json-scanner.js";
import { JsonSyntaxError } from "../json/json-syntax-error.js";
import { Misfit } from "../json/misfit.js";
import type { ExtractOptions, ParseOptions, Repair } from "../options.js";
import type { LenientOptions, LenientReader, LenientReading, Spec } from "../spec.js";
import { MessyFeed } from "./messy-feed.js";
import { PartRefused } from "./part-refused.js";

/** A streaming call whose answer may have to be mended. */
export interface Mendable {
  readonly scanner: JsonScanner;
  readonly job: {
    readonly spec: Spec<unknown>;
    readonly shape: "one" | "list";
    readonly options: ParseOptions & Pick<ExtractOptions<unknown>, "onInvalidItem">;
  };
  readonly lenient: LenientReader | undefined;
  /** The answer so far. */
  readonly text: string;
  feed: MessyFeed | undefined;
  again: boolean;
  repairs: readonly Repair[];
  reread(): void;
  partial(): unknown;
  /** The whole value, with the defaults that the call wants. */
  shown(value: unknown): unknown;
}

/**
 * Goes on after a piece of text that the scanner, or who listens to it, did not take: the answer is mended where that may be.
 *
 * @throws {Fault} `unreadable`; `unchecked` for a part that was judged and refused
 */
export async function goOn(call: Mendable, cause: unknown, mayMend: boolean): Promise<void> {
  try {
    if (!mayMend || call.feed !== undefined) throw cause;
    mend(call, cause);
  } catch (error) {
    if (error instanceof PartRefused) throw (await import("./early-judge.js")).refusal(error, call.partial());
    throw error instanceof Fault ? error : new Fault("unreadable", { cause: error });
  }
}

/** Reads the answer from its beginning, as messy text from here on. @throws the cause, where it is not the answer's fault */
function mend(call: Mendable, cause: unknown): MessyFeed {
  if (!isWrongAnswer(cause)) throw cause;
  const { spec, shape, options } = call.job;
  const { name: tool, parameters: schema } = spec.wire[shape].function;
  const wrapped = spec.decode({ value: "" }) === "";
  const { repair: policy = "safe", onInvalidItem = "throw" } = options;
  const mayLack = spec.applyDefaults === true;
  const read = (text: string, further: Pick<LenientOptions, "accept" | "partial" | "itemsApart">): LenientReading =>
    call.lenient?.(text, { schema, tool, policy, mayLack, wrapped, ...further }) ?? { ok: false, problem: "no reader", path: [] };
  call.feed = new MessyFeed(call.text, (text, partial) => {
    const reading = read(text, { partial, accept: (wire) => isValid(call, decodeAnswer(spec, shape, wire)) });
    // What is wrong with an item is the item's business where that has consequences of its own; of none that is right, it is no such list.
    if (reading.ok || partial || shape === "one" || onInvalidItem === "throw") return reading;
    const apart = read(text, { itemsApart: true, accept: (wire) => hasValid(call, decodeAnswer(spec, shape, wire)) });
    return apart.ok ? apart : reading;
  });
  call.again = true;
  call.reread();
  call.scanner.write(call.feed.write(""));
  return call.feed;
}

/** The whole value: as it was scanned where that is valid, else mended. */
export function endMended(call: Mendable): unknown {
  let { feed } = call;
  if (feed === undefined) {
    try {
      const value = call.scanner.end();
      if (isValid(call, call.shown(value))) return value;
      throw new Misfit("is not valid");
    } catch (cause) {
      feed = mend(call, cause);
    }
  }
  const { json, rest, repairs } = feed.end();
  if (rest === undefined) call.reread();
  call.scanner.write(rest ?? json);
  call.repairs = repairs;
  return call.scanner.end();
}

function isValid({ job: { spec, shape } }: Mendable, value: unknown): boolean {
  return shape === "one" ? spec.validate(value) : Array.isArray(value) && value.every((item) => spec.validate(item));
}

function hasValid({ job: { spec } }: Mendable, items: unknown): boolean {
  return Array.isArray(items) && items.some((item) => spec.validate(item));
}

/** Not JSON, or not valid. */
function isWrongAnswer(cause: unknown): boolean {
  return cause instanceof JsonSyntaxError || cause instanceof Misfit || cause instanceof PartRefused;
}
