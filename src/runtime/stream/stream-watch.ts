import type { ContainerTap, TextTap } from "../json/frame.js";
import { containerAt, type MemberPath, memberPath, token } from "../json/member-path.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { CompleteField } from "../results.js";
import type { Validator } from "../spec.js";
import type { Readable } from "./consumer.js";
import type { EarlyJudge } from "./early-judge.js";
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

  constructor(call: Readable) {
    this.#call = call;
  }

  elementsAt<E>(path: string): ItemQueue<E> {
    const queue = new ItemQueue<E>(this.#call);
    // What stands at the path is an E, which is what the path's type says.
    add(this.#elements, path, queue as ItemQueue<unknown>);
    return queue;
  }

  fieldsOf(): ItemQueue<CompleteField> {
    const queue = new ItemQueue<CompleteField>(this.#call);
    this.#fields.add(queue);
    return queue;
  }

  textAt(path: string): TextQueue {
    const queue = new TextQueue(this.#call);
    add(this.#texts, path, queue);
    return queue;
  }

  /** From now on every part is judged when it closes, whoever reads it (option `validateWhileStreaming`). */
  async judge(): Promise<void> {
    const { EarlyJudge } = await import("./early-judge.js");
    this.#judge = new EarlyJudge(this.#call);
  }

  restart(): void {
    this.#judge?.restart();
  }

  /** So many characters of the answer have been read. @throws {PartRefused} */
  wrote(length: number): void {
    this.#judge?.wrote(length);
  }

  opened(depth: number): ContainerTap | undefined {
    if (this.#judge !== undefined || this.#fields.size > 0) return this;
    if (this.#elements.size === 0 || this.#call.scanner.frames[depth]?.list !== true) return undefined;
    return this.#elements.has(memberPath(this.#call.scanner.frames, depth).name) ? this : undefined;
  }

  closed(value: unknown, depth: number): boolean {
    const { frames } = this.#call.scanner;
    const at = memberPath(frames, depth);
    const filled = this.#call.filled(value, { path: at.path, around: (steps) => containerAt(frames, depth, steps) });
    this.#judge?.closed(at, filled);
    this.#complete(at, filled);
    return true;
  }

  revealed(value: object, depth: number): void {
    if (this.#fields.size === 0 && this.#elements.size === 0) return;
    const { frames } = this.#call.scanner;
    const at = memberPath(frames, depth);
    this.#walk(at, value, this.#call.filled(value, { path: at.path, around: (steps) => containerAt(frames, depth, steps) }));
  }

  /** Tells of everything in a complete value, as it came and as it is with defaults. */
  #walk({ path, pointer, name }: MemberPath, value: unknown, filled: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      const inner = Array.isArray(value)
        ? { path: [...path, Number(key)], pointer: `${pointer}/*`, name }
        : { path: [...path, key], pointer: `${pointer}/${token(key)}`, name: name === "" ? key : `${name}.${key}` };
      const shown = typeof filled === "object" && filled !== null ? Reflect.get(filled, key) : member;
      this.#walk(inner, member, shown);
      this.#complete(inner, shown);
    }
  }

  textBegun(depth: number): TextTap | undefined {
    if (this.#texts.size === 0) return undefined;
    const queues = this.#texts.get(memberPath(this.#call.scanner.frames, depth).path.join("."));
    return queues && { piece: (text) => queues.forEach((queue) => queue.push(text)) };
  }

  #complete({ path, pointer, name }: MemberPath, value: unknown): void {
    const isElement = typeof path.at(-1) === "number";
    const queues = isElement ? this.#elements.get(name) : undefined;
    const validate = queues && this.#validatorAt(pointer);
    if (validate !== undefined && !validate(value)) throw new PartRefused(validate.errors ?? [], value, path);
    // What left the schema is given to nobody, unless its own validator has found it valid.
    if (validate === undefined && this.#call.scanner.frozen) return;
    queues?.forEach((queue) => queue.pushAt(value, path));
    if (!isElement) for (const queue of this.#fields) queue.push({ path, value });
  }

  #validatorAt(pointer: string): Validator | undefined {
    const { elements = {} } = this.#call.job.spec.handler;
    return Object.hasOwn(elements, pointer) ? elements[pointer] : undefined;
  }
}

function add<Q>(queues: Map<string, Set<Q>>, path: string, queue: Q): void {
  queues.set(path, (queues.get(path) ?? new Set<Q>()).add(queue));
}
