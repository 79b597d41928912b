import type { ContainerTap, TextTap } from "../json/frame.js";
import { type MemberPath, memberPath, token } from "../json/member-path.js";
import type { BuilderListener } from "../json/value-builder.js";
import type { Readable } from "./consumer.js";
import type { ItemQueue, TextQueue } from "./item-queue.js";
import type { CompleteField } from "../results.js";
import type { Validator } from "../spec.js";

/** Tells those who read parts of a stream of what they asked for, and judges what can be judged before the end. */
export class StreamWatch implements BuilderListener, ContainerTap {
  /** By the list's name: `addresses`, `orders.items`. */
  readonly elements: Map<string, Set<ItemQueue<unknown>>> = new Map();
  readonly fields: Set<ItemQueue<CompleteField>> = new Set();
  /** By the string's path: `summary`, `lines.0.title`. */
  readonly texts: Map<string, Set<TextQueue>> = new Map();
  readonly #call: Readable;
  readonly #validators: Readonly<Record<string, Validator>>;
  readonly #eager: boolean;

  /** @param eager judge every part that has a validator when it closes, asked for or not */
  constructor(call: Readable, validators: Readonly<Record<string, Validator>> = {}, eager = false) {
    this.#call = call;
    this.#validators = validators;
    this.#eager = eager;
  }

  opened(depth: number): ContainerTap | undefined {
    if (this.#eager || this.fields.size > 0) return this;
    if (this.elements.size === 0 || this.#call.scanner.frames[depth]?.list !== true) return undefined;
    return this.elements.has(memberPath(this.#call.scanner.frames, depth).name) ? this : undefined;
  }

  closed(value: unknown, depth: number): boolean {
    this.#complete(memberPath(this.#call.scanner.frames, depth), value);
    return true;
  }

  revealed(value: object, depth: number): void {
    if (this.#eager || this.fields.size > 0 || this.elements.size > 0) this.walk(value, memberPath(this.#call.scanner.frames, depth));
  }

  /** Tells of everything in a complete value. */
  walk(value: unknown, { path, pointer, name }: MemberPath): void {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      const inner = Array.isArray(value)
        ? { path: [...path, Number(key)], pointer: `${pointer}/*`, name }
        : { path: [...path, key], pointer: `${pointer}/${token(key)}`, name: name === "" ? key : `${name}.${key}` };
      this.walk(member, inner);
      this.#complete(inner, member);
    }
  }

  textBegun(depth: number): TextTap | undefined {
    if (this.texts.size === 0) return undefined;
    const queues = this.texts.get(memberPath(this.#call.scanner.frames, depth).path.join("."));
    return queues && { piece: (text) => queues.forEach((queue) => queue.push(text)) };
  }

  #complete({ path, pointer, name }: MemberPath, built: unknown): void {
    const value = this.#call.filled(built, path);
    const isElement = typeof path.at(-1) === "number";
    const queues = isElement ? this.elements.get(name) : undefined;
    if (queues !== undefined || this.#eager) this.#judge(pointer, path, value);
    queues?.forEach((queue) => queue.pushAt(value, path));
    if (!isElement) for (const queue of this.fields) queue.push({ path, value });
  }

  #judge(pointer: string, path: readonly (string | number)[], value: unknown): void {
    const validate = Object.hasOwn(this.#validators, pointer) ? this.#validators[pointer] : undefined;
    if (validate !== undefined && !validate(value)) throw new PartRefused(validate, value, path);
  }
}

/** A part of the value is not valid, which makes the whole invalid. */
export class PartRefused extends Error {
  readonly validate: Validator;
  readonly value: unknown;
  readonly path: readonly (string | number)[];

  constructor(validate: Validator, value: unknown, path: readonly (string | number)[]) {
    super("A part is not valid.");
    this.validate = validate;
    this.value = value;
    this.path = path;
  }
}
