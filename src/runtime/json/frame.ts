import { ASIDE, DECODE, LIST, OBJECT, type Shape } from "./shape.js";

/** Is told of the members of a container as they are complete, before they are stored. */
export interface ContainerTap {
  /** @returns whether the container keeps the member, which is the open one of the frame at this depth */
  closed(value: unknown, depth: number): boolean;
}

/** Is told of the pieces of a string as they arrive, never half a character. */
export interface TextTap {
  piece(text: string): void;
}

/** One open container. Frames are made once for each depth and used again. */
export class Frame {
  shape: Shape;
  kind = 0;
  /** `[…]` on the wire. */
  list = true;
  /** Nothing special is to be done for the open member: what completes is the next of `values`, unless it is null. */
  plain = false;
  /** Complete members: of lists the items, of objects the first fields as long as they come in the schema's order. */
  values: unknown[] = [];
  /** Number of complete members in `values`: the place of the open one. */
  index = 0;
  /** Where fields are missing in between: a bit for each field that is there, and `MASKED`. */
  mask = 0;
  /** Members by key, once they don't fit `values`. */
  bag: Record<string, unknown> | undefined = undefined;
  /** Key of the open member in `bag`. */
  key = "";
  /** The list of the object's undeclared members has come. */
  spread = false;
  /** Index in the shape of the open member, -1 where it has none. */
  field = -1;
  /** Flags of the open member. */
  flags = 0;
  /** The open member does not show before it is complete. */
  veil = false;
  /** What is still to be decoded when `flags` says so. */
  pending: Shape | undefined = undefined;
  /** The value in the last snapshot; current as long as nothing changed since. */
  cache: unknown = undefined;
  /** Of an object that is changed in place: itself, once a snapshot has shown it, and how many of `values` it has for good. */
  shown: Record<string, unknown> | undefined = undefined;
  has = 0;
  /** A snapshot copies this container, or one around it, even where snapshots are changed in place. */
  copied = false;
  /** Who is told of the members. */
  tap: ContainerTap | undefined = undefined;
  /** Members of an object; kept apart from `values` so that a list can give its `values` away. */
  readonly slots: unknown[] = [];

  constructor(shape: Shape) {
    this.shape = shape;
  }

  /** To be called when a member begins, or what else `plain` sums up has changed. */
  settle(): void {
    const { kind, bag, mask, veil, tap, flags } = this;
    this.plain =
      (kind === OBJECT || kind === LIST) &&
      bag === undefined &&
      mask === 0 &&
      !veil &&
      tap === undefined &&
      (flags & (ASIDE | DECODE)) === 0;
  }

  /** May be called at any time: that nobody listens makes no member plain that was not. */
  listen(tap: ContainerTap | undefined): void {
    this.tap = tap;
    if (tap !== undefined) this.plain = false;
  }

  /** More is to be done for the open member. */
  mark(flag: number): void {
    this.flags |= flag;
    this.plain = false;
  }

  /** From a literal of known keys to a bag of any keys. */
  toBag(): Record<string, unknown> {
    this.plain = false;
    return (this.bag ??= this.toObject());
  }

  /** The object of what is complete. */
  toObject(): Record<string, unknown> {
    const { index, mask } = this;
    return this.bag ?? (this.shown === undefined ? this.make(index, mask) : this.grow(index, mask));
  }

  /** A new object of the first `count` fields or, with a mask, of those whose bits are set. */
  make(count: number, mask: number): Record<string, unknown> {
    const { maker } = this.shape;
    return (mask === 0 && maker?.make(this.values, count)) || this.set({}, count, mask, 0);
  }

  /** Brings an object up to date that is changed in place. */
  grow(count: number, mask: number): Record<string, unknown> {
    const object = this.set(this.shown ?? {}, count, mask, this.has);
    // An open member is set again.
    this.has = this.index;
    return (this.shown = object);
  }

  /** Sets the string that grows again, where nothing else has changed. @returns whether that was so */
  growIn(text: string): boolean {
    const { shown } = this;
    if (shown === undefined || this.bag !== undefined || this.mask !== 0 || this.has !== this.index || this.copied) return false;
    this.setField(shown, this.field, text);
    return true;
  }

  private setField(object: Record<string, unknown>, field: number, value: unknown): void {
    const { maker, names } = this.shape;
    if (maker === undefined) setMember(object, names[field] ?? "", value);
    else maker.set(object, field, value);
  }

  private set(object: Record<string, unknown>, count: number, mask: number, from: number): Record<string, unknown> {
    const { values } = this;
    for (let at = mask === 0 ? from : 0, field = at; at < count; field++) {
      if (mask !== 0 && (mask & (1 << field)) === 0) continue;
      this.setField(object, field, values[at++]);
    }
    return object;
  }
}

/** Says that a mask is in use, even if no field is there. */
export const MASKED: number = 1 << 31;

/** `object[key] = value` for any key: `__proto__` is a key like others in JSON. */
export function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

/** Sets the open member of an object that is changed in place. */
export function setOpen(frame: Frame, bag: Record<string, unknown>, value: unknown): void {
  const { maker } = frame.shape;
  if (maker !== undefined && frame.field >= 0 && frame.kind === OBJECT) maker.set(bag, frame.field, value);
  else setMember(bag, frame.key, value);
}
