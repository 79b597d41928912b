import { decode } from "../decode.js";
import type { JsonType, Plan } from "../spec.js";
import { type Frame, makeObject, setMember } from "./frame.js";
import { FrameStack, members } from "./frame-stack.js";
import {
  ANY,
  ASIDE,
  ATOM,
  DECODE,
  ENTRIES,
  ENTRY,
  EXTRAS,
  HELD,
  LIST,
  MEMBERS,
  NULL_IS_ABSENT,
  OBJECT,
  Shape,
  TEXT,
  UNDECIDED,
  UNION,
  UNWRAP,
} from "./shape.js";

export interface BuilderOptions {
  readonly defs?: Plan["defs"] | undefined;
  /** Snapshots are one object that is changed in place. */
  readonly live?: boolean | undefined;
}

/** Takes the items of a list as they close. */
export interface ItemTap {
  /** @returns whether the list keeps the item */
  item(value: unknown, index: number): boolean;
}

/** Is told of what the builder does, where somebody wants to know. */
export interface BuilderListener {
  /** A list has been opened, the innermost frame. */
  listOpened(depth: number): ItemTap | undefined;
}

/** Builds the value while the scanner reads, decoded on the fly: what begins, what completes, what ends. */
export class ValueBuilder extends FrameStack {
  listener: BuilderListener | undefined = undefined;
  /** Shape of the value that comes next. */
  protected child: Shape;
  private readonly defs: Plan["defs"];
  private readonly raw = new Shape(ANY, { kind: "any" });

  constructor(root: Shape, { defs, live = false }: BuilderOptions) {
    // Frame 0 is a list whose only item is the whole value.
    const top = new Shape(LIST, { kind: "any" });
    top.item = root;
    super(top, live);
    this.defs = defs;
    this.child = root;
  }

  // ── Values that begin ─────────────────────────────────────────────────────────────────────────────────────────────

  /** The next value of a list begins. */
  protected beginItem(frame: Frame): void {
    const { shape } = frame;
    this.child = (frame.index < shape.fields.length ? shape.fields[frame.index] : shape.item) ?? this.raw;
  }

  protected beginString(): void {
    const { kind } = this.child;
    this.growing = false;
    if (kind === TEXT || kind === ANY) {
      if (this.visible && !this.frame.veil) this.growing = this.dirty = true;
    } else if (kind >= HELD) this.resolveScalar("string");
  }

  protected beginScalar(type: JsonType): void {
    const { kind } = this.child;
    if (kind === ATOM || kind === ANY || (type === "null" && (this.frame.flags & NULL_IS_ABSENT) !== 0)) return;
    this.resolveScalar(type);
  }

  private resolveScalar(type: JsonType): void {
    const kind = this.resolve(type);
    if (kind === HELD) this.hold();
    else if (kind === TEXT && type === "string") this.beginString();
    else if (kind !== ATOM && kind !== ANY) this.misfit();
  }

  /** Decides unions by the JSON type of the value that begins. */
  private resolve(type: JsonType): number {
    while (this.child.kind === UNION) {
      const { node, branches } = this.child;
      if (node.kind !== "union") break;
      const branch = branches[node.byType?.[type] ?? -1];
      if (branch === undefined) return type === "object" && (node.byTag ?? node.byKey) !== undefined ? UNDECIDED : HELD;
      this.child = branch;
    }
    return this.child.kind;
  }

  /** Reads the value as plain JSON, hidden; `decode` finishes it. */
  private hold(): void {
    this.frame.flags |= DECODE;
    this.frame.pending = this.child;
    this.child = this.raw;
  }

  /** The value has a type that the plan does not know here. */
  private misfit(): void {
    this.child = this.raw;
    if (this.frozen) return;
    if (this.dirty) this.renew();
    this.frozen = true;
    this.visible = this.dirty = false;
  }

  protected openObject(): void {
    let kind = this.child.kind >= HELD ? this.resolve("object") : this.child.kind;
    if (kind === TEXT || kind === LIST || kind === ENTRIES || kind === EXTRAS) kind = this.openMisfit();
    const frame = this.open(kind);
    frame.list = false;
    frame.values = frame.slots;
    if (frame.kind === ANY || kind === UNDECIDED || (this.live && kind === OBJECT)) frame.bag = {};
    if (this.visible && kind !== UNWRAP && kind !== ENTRY) this.dirty = true;
  }

  protected openList(): void {
    const around = this.frame;
    let kind = this.child.kind >= HELD ? this.resolve("array") : this.child.kind;
    if (kind === TEXT || kind === OBJECT || kind === MEMBERS || kind === ENTRY || kind === UNWRAP) kind = this.openMisfit();
    const frame = this.open(kind);
    frame.list = true;
    if (kind === ENTRIES) frame.bag = {};
    else if (kind === EXTRAS) frame.bag = around.toBag();
    else {
      frame.kind = LIST;
      frame.values = [];
    }
    if (this.visible && kind !== EXTRAS) this.dirty = true;
    if (this.listener !== undefined && frame.kind === LIST) frame.tap = this.listener.listOpened(this.depth);
  }

  private openMisfit(): number {
    this.misfit();
    return ANY;
  }

  private open(kind: number): Frame {
    const hide = kind === HELD || kind === ATOM || kind === UNDECIDED || this.frame.veil;
    if (kind === HELD) this.hold();
    this.depth++;
    if (hide && this.visible) {
      this.visible = false;
      this.held = this.depth;
    }
    return kind === HELD || kind === ATOM ? this.push(ANY, this.raw) : this.push(kind, this.child);
  }

  // ── Members ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A key is complete; `field` is its index in the shape, -1 for a key that the schema does not have. */
  protected beginMember(field: number, key: string): void {
    const { frame } = this;
    frame.field = field;
    if (field !== frame.index || frame.bag !== undefined) this.beginOutOfTurn(frame, key);
    frame.flags = frame.shape.flags[frame.field] ?? 0;
    this.child = frame.shape.fields[frame.field] ?? this.raw;
    if ((frame.flags & ASIDE) !== 0) frame.veil = true;
  }

  private beginOutOfTurn(frame: Frame, key: string): void {
    frame.veil = false;
    if (frame.kind === UNDECIDED) {
      const { node } = frame.shape;
      if (node.kind === "union" && node.byKey !== undefined && Object.hasOwn(node.byKey, key)) this.decide(frame, node.byKey[key]);
      if (frame.kind === UNDECIDED) frame.key = key;
      else return this.beginMember(frame.shape.find(key), key);
    } else if (frame.kind === OBJECT || frame.kind === ANY) {
      frame.toBag();
      frame.key = frame.shape.names[frame.field] ?? key;
      frame.veil = frame.field < 0 && frame.kind === OBJECT;
    } else if (frame.kind === UNWRAP && frame.field === 0) {
      frame.index = 0;
    } else {
      frame.toBag();
      frame.key = key;
      frame.veil = true;
    }
  }

  /** The open member is complete. */
  protected complete(value: unknown): void {
    const { frame } = this;
    if (frame.bag !== undefined || frame.flags !== 0 || frame.kind >= MEMBERS || frame.tap !== undefined) {
      return this.completeSpecial(frame, value);
    }
    frame.values[frame.index++] = value;
    if (this.visible) this.dirty = true;
  }

  private completeSpecial(frame: Frame, raw: unknown): void {
    const { flags } = frame;
    if (frame.kind === LIST) frame.flags = 0;
    if ((flags & ASIDE) !== 0) {
      frame.veil = false;
      if (frame.bag === undefined) this.skip(frame);
      return;
    }
    if (raw === null && (flags & NULL_IS_ABSENT) !== 0) {
      if (frame.bag !== undefined) delete frame.bag[frame.key];
      else this.skip(frame);
      return;
    }
    const value =
      (flags & DECODE) === 0 ? raw : decode({ root: frame.pending?.node ?? { kind: "any" }, ...(this.defs && { defs: this.defs }) }, raw);
    this.store(frame, value);
    frame.veil = false;
  }

  /** A field that is absent: those that follow it are out of turn. */
  private skip(frame: Frame): void {
    frame.toBag();
  }

  private store(frame: Frame, value: unknown): void {
    const { kind, bag } = frame;
    if (kind === ENTRY && bag === undefined && frame.index === 0) {
      // The key alone shows nothing.
      const around = this.frames[this.depth - 1];
      if (around !== undefined) around.key = String(value);
      frame.values[frame.index++] = value;
      return;
    }
    if (frame.tap !== undefined && !frame.tap.item(value, frame.index)) {
      // Not kept: the place is used again, only the count goes on.
      frame.index++;
    } else if (bag === undefined || (kind === UNWRAP && frame.field === 0)) frame.values[frame.index++] = value;
    else setMember(bag, frame.key, value);
    if (this.visible && !(frame.veil && kind >= MEMBERS)) this.dirty = true;
    if (kind === UNDECIDED && frame.shape.node.kind === "union") {
      const tag = frame.shape.node.byTag;
      const name = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
      if (tag?.key === frame.key && Object.hasOwn(tag.cases, name)) this.decide(frame, tag.cases[name]);
    }
  }

  /** The branch of an undecided object is known: what was held is read again as members of that branch. */
  private decide(frame: Frame, branch: number | undefined): void {
    const before = this.child;
    this.child = frame.shape.branches[branch ?? -1] ?? this.raw;
    const kind = this.resolve("object");
    const { child } = this;
    this.child = before;
    if (kind !== OBJECT || child.fields.some((field) => field.kind === EXTRAS)) return;
    const held = frame.bag ?? {};
    frame.bag = this.live ? {} : undefined;
    frame.kind = kind;
    frame.shape = child;
    frame.index = 0;
    if (this.depth === this.held) {
      this.held = Number.POSITIVE_INFINITY;
      this.visible = !this.frozen;
      this.dirty ||= this.visible;
    }
    for (const key of Object.keys(held)) {
      this.beginMember(child.find(key), key);
      frame.flags |= DECODE;
      frame.pending = this.child;
      this.complete(held[key]);
    }
  }

  // ── Values that end ───────────────────────────────────────────────────────────────────────────────────────────────

  protected close(): void {
    const { frame } = this;
    const clean = this.visible && !this.dirty;
    const value = clean && frame.kind <= ENTRIES ? frame.cache : this.finish(frame);
    this.depth--;
    const around = this.frames[this.depth];
    if (around === undefined) return;
    this.frame = around;
    if (this.depth < this.held) {
      this.held = Number.POSITIVE_INFINITY;
      this.visible = !this.frozen;
    }
    if (frame.kind === EXTRAS) around.flags = 0;
    else if (frame.kind === ENTRY && frame.bag !== undefined) {
      around.key = String(frame.bag["key"]);
      this.complete(frame.bag["value"]);
    } else this.complete(value);
    if (clean) this.dirty = false;
  }

  /** The value of a container that ends. */
  private finish(frame: Frame): unknown {
    const { kind, bag, values, index } = frame;
    if (kind === LIST) return values;
    if (kind === UNDECIDED) return decode({ root: frame.shape.node, ...(this.defs && { defs: this.defs }) }, bag);
    if (kind === UNWRAP) return index === 0 ? (bag ?? {}) : values[0];
    if (kind === ENTRY) return values[1];
    if (kind === MEMBERS) return members(frame, index);
    return bag ?? makeObject(frame.shape, values, index);
  }
}
