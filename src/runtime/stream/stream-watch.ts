import { isRest } from "../json/rare-frames.js";
import type { ContainerTap, Frame, TextTap } from "../json/frame.js";
import { type MemberPath, memberPath, openPath, token } from "../json/member-path.js";
import { ENTRIES, ENTRY, EXTRAS, UNWRAP } from "../json/shape.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { CompleteField } from "../results.js";
import type { Readable } from "./consumer.js";
import type { EarlyJudge } from "./early-judge.js";
import { containerAt } from "./container-at.js";
import { ItemQueue, TextQueue } from "./item-queue.js";
import { PartRefused } from "./part-refused.js";

/** Tells those who read parts of a stream of what they asked for, and has parts judged. Loaded by those who ask for parts. */
export class StreamWatch implements BuilderListener, ContainerTap {
  /** By the list's name: `addresses`, `orders.items`. */
  readonly #elements = new Map<string, Set<ItemQueue<unknown>>>();
  readonly #fields = new Set<ItemQueue<CompleteField>>();
  /** By the string's path: `summary`, `lines.0.title`. */
  readonly #texts = new Map<string, Set<TextQueue>>();
  readonly #call: Readable;
  #judge: EarlyJudge | undefined;
  #refused: unknown;

  constructor(call: Readable) {
    this.#call = call;
  }

  elementsAt<E>(path: string): ItemQueue<E> {
    const queue = new ItemQueue<E>(this.#call);
    this.#past((at, value) => {
      // What stands at the path is an E, which is what the path's type says.
      if (at.name === path && isElement(at.path) && this.#isGood(at, value)) queue.pushAt(value as E, at.path);
    });
    add(this.#elements, path, queue as ItemQueue<unknown>);
    return queue;
  }

  fieldsOf(): ItemQueue<CompleteField> {
    const queue = new ItemQueue<CompleteField>(this.#call);
    this.#past((at, value) => {
      if (!isItem(at.path.at(-1))) queue.push({ path: at.path, value });
    });
    this.#fields.add(queue);
    return queue;
  }

  textAt(path: string): TextQueue {
    const queue = new TextQueue(this.#call);
    this.#past((at, value) => {
      if (at.path.join(".") === path) queue.grow(value);
    }, true);
    add(this.#texts, path, queue);
    return queue;
  }

  /** Tells of all that was complete before. @param all tell of what is open too */
  #past(tell: (at: MemberPath, value: unknown) => void, all = false): void {
    const whole = this.#call.scanner.snapshot();
    const open = openPath(this.#call.scanner);
    try {
      const root = { path: [], pointer: "", name: "" };
      if (all) tell(root, whole);
      walk(root, whole, this.#call.filled(whole), (at, value) => {
        if (all || open === undefined || at.path.some((step, index) => step !== open[index])) tell(at, value);
      });
    } catch (error) {
      // The answer is not to be had, and its reader will be told: with its next piece, or at its end.
      this.#refused = error;
    }
  }

  /** From now on every part is judged when it closes, whoever reads it (option `validateWhileStreaming`). */
  async judge(): Promise<void> {
    const { EarlyJudge } = await import("./early-judge.js");
    this.#judge = new EarlyJudge(this.#call);
  }

  restart(): void {
    this.#refused = undefined;
    this.#judge?.restart();
  }

  /** So many characters of the answer have been read. @throws {PartRefused} */
  wrote(length: number): void {
    if (this.#refused !== undefined) throw this.#refused;
    this.#judge?.wrote(length);
  }

  opened(depth: number): ContainerTap | undefined {
    const { frames } = this.#call.scanner;
    const { kind, list } = frames[depth] ?? {};
    // On the wire only: what is in it is told of where it belongs; around the whole value there is no such place.
    if (kind === UNWRAP && depth === 1 && this.#texts.has("")) return { closed: (value) => this.#textEnded("", value) };
    if (kind === ENTRY || kind === UNWRAP) return undefined;
    if (this.#judge !== undefined || this.#fields.size > 0 || this.#texts.size > 0) return this;
    return list === true && this.#elements.has(memberPath(frames, depth).name) ? this : undefined;
  }

  closed(value: unknown, depth: number): boolean {
    const { frames } = this.#call.scanner;
    const frame = frames[depth];
    if (frame !== undefined && isRest(frame)) return true;
    const at = memberPath(frames, depth);
    const filled = this.#call.filled(value, { path: at.path, around: (steps) => containerAt(frames, depth, steps) });
    this.#judge?.closed(at, filled);
    if (isLateEntry(frame, frames[depth + 1])) walk(at, value, filled, (inner, shown) => this.#complete(inner, shown));
    this.#complete(at, filled);
    return true;
  }

  revealed(value: object, depth: number): void {
    const { frames } = this.#call.scanner;
    if (isLateEntry(frames[depth - 1], frames[depth])) return;
    const at = memberPath(frames, depth);
    const frame = frames[depth];
    if (frame !== undefined && isRest(frame) && Array.isArray(value)) {
      // The open end of a tuple: its items stand behind the others.
      const shifted: unknown[] = [];
      shifted.length = frame.field;
      shifted.push(...value);
      return walk(at, shifted, shifted, (inner, shown) => this.#complete(inner, shown));
    }
    const filled = this.#call.filled(value, { path: at.path, around: (steps) => containerAt(frames, depth, steps) });
    walk(at, value, filled, (inner, shown) => this.#complete(inner, shown));
  }

  textBegun(depth: number): TextTap | undefined {
    if (this.#texts.size === 0) return undefined;
    const queues = this.#texts.get(memberPath(this.#call.scanner.frames, depth).path.join("."));
    return queues && { piece: (text) => queues.forEach((queue) => queue.push(text)) };
  }

  #complete(at: MemberPath, value: unknown): void {
    const { path, name } = at;
    this.#textEnded(path.join("."), value);
    if (!isItem(path.at(-1)) && !this.#call.scanner.frozen) for (const queue of this.#fields) queue.push({ path, value });
    const queues = isElement(path) ? this.#elements.get(name) : undefined;
    if (queues !== undefined && this.#isGood(at, value)) queues.forEach((queue) => queue.pushAt(value, path));
  }

  #textEnded(path: string, value: unknown): boolean {
    if (typeof value === "string") this.#texts.get(path)?.forEach((queue) => queue.grow(value));
    return true;
  }

  /** An element may be handed out. @throws {PartRefused} where its validator says no */
  #isGood({ path, pointer }: MemberPath, value: unknown): boolean {
    const { elements = {} } = this.#call.job.spec.handler;
    const place = Object.hasOwn(elements, pointer) ? pointer : Object.keys(elements).find((pattern) => matches(pattern, pointer));
    const validate = place === undefined ? undefined : elements[place];
    // What left the schema is given to nobody, unless its own validator has found it valid.
    if (validate === undefined) return !this.#call.scanner.frozen;
    if (!validate(value)) throw new PartRefused(validate.errors ?? [], value, path);
    return true;
  }
}

/** Of an entry of a map whose key came last, nobody knew before its end where its value stands. */
function isLateEntry(map: Frame | undefined, entry: Frame | undefined): boolean {
  return (map?.kind === ENTRIES || map?.kind === EXTRAS) && entry?.kind === ENTRY && entry.bag !== undefined;
}

function isItem(step: string | number | undefined): boolean {
  return typeof step === "number";
}

/** Of the list that a name stands for; the items of a list in it are parts of its elements. */
function isElement(path: MemberPath["path"]): boolean {
  return isItem(path.at(-1)) && !isItem(path.at(-2));
}

/** A pointer that was made of a value: it has the keys of maps, where the pattern has `*`. */
function matches(pattern: string, pointer: string): boolean {
  const [wanted, given] = [pattern.split("/"), pointer.split("/")];
  return wanted.length === given.length && wanted.every((token, at) => token === "*" || token === given[at]);
}

/** Tells of everything in a value, inner parts first. @param filled the same with defaults, which are not told of themselves */
function walk({ path, pointer, name }: MemberPath, value: unknown, filled: unknown, tell: (at: MemberPath, filled: unknown) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const inner = Array.isArray(value)
      ? { path: [...path, Number(key)], pointer: `${pointer}/*`, name }
      : { path: [...path, key], pointer: `${pointer}/${token(key)}`, name: name === "" ? key : `${name}.${key}` };
    const shown = typeof filled === "object" && filled !== null ? Reflect.get(filled, key) : member;
    walk(inner, member, shown, tell);
    tell(inner, shown);
  }
}

function add<Q>(queues: Map<string, Set<Q>>, path: string, queue: Q): void {
  queues.set(path, (queues.get(path) ?? new Set<Q>()).add(queue));
}
