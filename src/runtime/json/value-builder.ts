import { decode } from "../decode.js";
import type { JsonType, Plan, PlanNode } from "../spec.js";
import { isDeclared, isRest, isShown, notEntries, sameItems, spreadOnce } from "./frame-facts.js";
import { type ContainerTap, type Frame, MASKED, setOpen, type TextTap } from "./frame.js";
import { FrameStack, members, NOWHERE } from "./frame-stack.js";
import type { ScannerOptions } from "./scanner-options.js";
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

/** Is told of what the builder does, where somebody wants to know. Hidden containers are told of when they show. */
export interface BuilderListener {
  /** A container has been opened, the innermost frame. @returns who is to be told of its members */
  opened(depth: number): ContainerTap | undefined;
  /** The open member of the frame at this depth, an object or a list, shows for the first time, and is complete already. */
  revealed(value: object, depth: number): void;
  /** A string begins to grow. @returns who is to be told of its pieces */
  textBegun(depth: number): TextTap | undefined;
}

/** Builds the value while the scanner reads, decoded on the fly: what begins, what completes, what ends. */
export class ValueBuilder extends FrameStack {
  listener: BuilderListener | undefined = undefined;
  protected textTap: TextTap | undefined = undefined;
  /** Shape of the value that comes next. */
  protected child: Shape;
  private readonly defs: Plan["defs"];
  private readonly raw = new Shape(ANY, { kind: "any" });

  constructor(root: Shape, { defs, live = false }: ScannerOptions) {
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
      if (this.visible && !this.frame.veil) {
        this.growing = this.dirty = true;
        if (this.listener !== undefined) this.textTap = this.listener.textBegun(this.depth);
      }
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
    else if (kind !== ATOM && kind !== ANY) {
      // What is no list adds no members.
      if (kind === EXTRAS) spreadOnce(this.frame).flags |= ASIDE;
      this.misfit();
    }
  }

  /** Decides unions by the JSON type of the value that begins; a wrapper that the model left out is passed. */
  private resolve(type: JsonType): number {
    for (;;) {
      const { kind, node, branches, fields } = this.child;
      if (kind === UNWRAP && type !== "object") this.child = fields[0] ?? this.raw;
      else if (kind === UNION && node.kind === "union") {
        const branch = branches[node.byType?.[type] ?? -1];
        if (branch === undefined) return type === "object" && (node.byTag ?? node.byKey) !== undefined ? UNDECIDED : HELD;
        this.child = branch;
      } else return kind;
    }
  }

  /** Reads the value as plain JSON, hidden; `decode` finishes it. */
  private hold(): void {
    this.frame.flags |= DECODE;
    this.frame.pending = this.child;
    this.child = this.raw;
  }

  /** The value has a type that the plan does not know here. @returns the kind it is read as */
  private misfit(): number {
    this.child = this.raw;
    this.frozenAt = Math.min(this.frozenAt, this.depth);
    if (!this.frozen) {
      if (this.dirty) this.renew();
      this.frozen = true;
      this.visible = this.dirty = false;
    }
    return ANY;
  }

  protected openObject(): void {
    let kind = this.child.kind >= HELD ? this.resolve("object") : this.child.kind;
    if (kind === TEXT || kind === LIST || kind === EXTRAS) kind = this.misfit();
    const frame = this.open(kind);
    frame.list = false;
    frame.values = frame.slots;
    if (frame.kind === ANY || kind === UNDECIDED || kind === ENTRIES) frame.bag = {};
    if (this.visible && kind !== UNWRAP && kind !== ENTRY) this.dirty = true;
    this.tell(frame);
  }

  private tell(frame: Frame): void {
    if (this.listener !== undefined && this.visible) frame.tap = this.listener.opened(this.depth);
  }

  protected openList(): void {
    const around = this.frame;
    let kind = this.child.kind >= HELD ? this.resolve("array") : this.child.kind;
    if (kind === TEXT || kind === OBJECT || kind === MEMBERS || kind === ENTRY || kind === UNWRAP) kind = this.misfit();
    const frame = this.open(kind);
    frame.list = true;
    frame.values = [];
    if (kind === ENTRIES) frame.bag = {};
    else if (kind === EXTRAS) frame.bag = spreadOnce(around).toBag();
    else frame.kind = LIST;
    if (this.visible && kind !== EXTRAS && !isRest(around)) this.dirty = true;
    this.tell(frame);
  }

  private open(kind: number): Frame {
    const hide = kind === HELD || kind === ATOM || kind === UNDECIDED || this.frame.veil;
    if (kind === HELD) this.hold();
    // A container is not null, even if its value becomes so by decoding.
    this.frame.flags &= ~NULL_IS_ABSENT;
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
    const before = frame.field;
    frame.field = field;
    if (field !== frame.index || frame.bag !== undefined || frame.mask !== 0) this.beginOutOfTurn(frame, key, before);
    frame.flags = frame.shape.flags[frame.field] ?? 0;
    this.child = frame.shape.fields[frame.field] ?? this.raw;
    if (frame.kind === ENTRIES) this.child = frame.shape.item?.fields[1] ?? this.raw;
    if ((frame.flags & ASIDE) !== 0) frame.veil = true;
  }

  private beginOutOfTurn(frame: Frame, key: string, before: number): void {
    const { kind, field, shape } = frame;
    frame.veil = false;
    if (kind === UNDECIDED) {
      // Where a tag tells, only its absence leaves the decision to the keys, and that is known at the end.
      const { node } = shape;
      if (node.kind === "union" && node.byTag === undefined && node.byKey !== undefined && Object.hasOwn(node.byKey, key)) {
        this.decide(frame, node.byKey[key]);
        if (frame.kind !== UNDECIDED) return this.beginMember(frame.shape.find(key), key);
      }
      frame.key = key;
    } else if (kind === OBJECT || kind === ANY) {
      if (frame.bag === undefined && field > before && field < 31) frame.mask ||= MASKED | ((1 << frame.index) - 1);
      else {
        frame.toBag();
        frame.key = shape.names[field] ?? key;
        frame.veil = field < 0 && kind === OBJECT;
      }
    } else if (kind === UNWRAP && field === 0) frame.index = 0;
    else {
      // A value may have been shown under the key before.
      if (kind === ENTRY && field === 0 && frame.bag === undefined) throw notEntries();
      frame.toBag();
      frame.key = key;
      frame.veil = kind !== ENTRIES;
    }
  }

  /** The open member is complete. */
  protected complete(value: unknown): void {
    const { frame } = this;
    if (frame.bag !== undefined || frame.flags !== 0 || frame.kind >= MEMBERS || frame.tap !== undefined) {
      return this.completeSpecial(frame, value);
    }
    frame.values[frame.index++] = value;
    if (frame.mask !== 0) frame.mask |= 1 << frame.field;
    if (this.visible) this.dirty = true;
  }

  private completeSpecial(frame: Frame, raw: unknown): void {
    const { flags } = frame;
    if (frame.list) {
      frame.flags = 0;
      if (frame.kind !== LIST) return this.spoil(frame);
    }
    if ((flags & ASIDE) !== 0) {
      frame.veil = false;
      return;
    }
    if (raw === null && (flags & NULL_IS_ABSENT) !== 0) {
      if (frame.bag !== undefined) delete frame.bag[frame.key];
      return;
    }
    const value = (flags & DECODE) === 0 ? raw : this.decodeAs(frame.pending?.node, raw);
    if ((flags & DECODE) !== 0) this.reveal(value);
    this.store(frame, value);
    frame.veil = false;
  }

  private reveal(value: unknown): void {
    if (this.listener === undefined || !this.visible || typeof value !== "object" || value === null) return;
    this.listener.revealed(value, this.depth);
  }

  private decodeAs(node: PlanNode | undefined, raw: unknown): unknown {
    return decode({ root: node ?? this.raw.node, ...(this.defs && { defs: this.defs }) }, raw);
  }

  private store(frame: Frame, value: unknown): void {
    const { kind, bag } = frame;
    if (kind === ENTRY && bag === undefined && frame.index === 0) {
      return this.storeEntryKey(frame, value);
    }
    if (frame.tap !== undefined && (this.visible || this.frozen) && !frame.tap.closed(value, this.depth)) return this.drop(frame);
    if (bag === undefined || (kind === UNWRAP && frame.field === 0)) {
      frame.values[frame.index++] = value;
      if (frame.mask !== 0) frame.mask |= 1 << frame.field;
    } else setOpen(frame, bag, value);
    if (this.visible && !(frame.veil && kind >= MEMBERS)) this.dirty = true;
    if (kind === UNDECIDED) this.decideByTag(frame, value);
  }

  /** The key alone shows nothing; what must not be shown under it is held. */
  private storeEntryKey(entry: Frame, key: unknown): void {
    const entries = this.frames[this.depth - 1];
    entry.values[entry.index++] = key;
    if (typeof key !== "string" || entries === undefined) return void this.misfit();
    entries.key = key;
    if (isDeclared(entries, key)) entry.toBag();
  }

  private decideByTag(frame: Frame, value: unknown): void {
    const { node } = frame.shape;
    if (node.kind !== "union" || node.byTag?.key !== frame.key || (typeof value === "object" && value !== null)) return;
    const name = String(value);
    if (Object.hasOwn(node.byTag.cases, name)) this.decide(frame, node.byTag.cases[name]);
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
    frame.bag = undefined;
    frame.kind = kind;
    frame.shape = child;
    frame.index = 0;
    if (this.depth === this.held && this.frames[this.depth - 1]?.veil === false) {
      this.held = NOWHERE;
      this.visible = !this.frozen;
      this.dirty ||= this.visible;
    }
    this.tell(frame);
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
    // Complete as it was shown: the value stays the same object, and nothing has changed.
    const current = this.visible && !this.dirty;
    const finished = current && frame.kind <= ENTRIES && isShown(frame) ? frame.cache : this.finish(frame);
    const same = current && (isShown(frame) || (frame.kind === MEMBERS && sameItems(frame.cache, finished)));
    const value = same && frame.kind <= ENTRIES ? frame.cache : finished;
    this.depth--;
    const around = this.frames[this.depth];
    if (around === undefined) return;
    this.frame = around;
    const hidden = !this.visible;
    if (this.depth < this.held) {
      this.held = NOWHERE;
      this.visible = !this.frozen;
    }
    if (hidden && (around.flags & (DECODE | ASIDE)) === 0) this.reveal(value);
    if (frame.kind === EXTRAS) around.flags = 0;
    else if (frame.kind === ENTRY) this.closeEntry(frame, around);
    else this.complete(value);
    if (same) this.dirty = false;
  }

  private closeEntry(entry: Frame, entries: Frame): void {
    const { bag, values, index } = entry;
    const key = bag === undefined ? (index > 0 ? values[0] : undefined) : bag["key"];
    if (typeof key !== "string") return this.spoil(entries);
    entries.key = key;
    if (isDeclared(entries, key)) return;
    if (entries.kind === EXTRAS) entries.values.push(key);
    this.store(entries, bag === undefined ? (index > 1 ? values[1] : undefined) : bag["value"]);
  }

  /** What came is no list of entries: extras are nothing then, as `decode` says; a map can't become valid any more. */
  private spoil(entries: Frame): void {
    if (entries.kind !== EXTRAS) throw notEntries();
    this.misfit();
    for (const key of entries.values.splice(0)) delete entries.bag?.[String(key)];
    entries.bag = {};
  }

  /** The value of a container that ends. */
  private finish(frame: Frame): unknown {
    const { kind, bag, values, index, shape } = frame;
    if (kind === LIST) return values;
    if (kind === UNDECIDED) return this.decodeAs(shape.node, bag);
    if (kind === UNWRAP) return index > 0 ? values[0] : this.decodeAs(shape.fields[0]?.node, bag ?? {});
    if (kind === MEMBERS) return members(frame, index);
    return frame.toObject();
  }
}
