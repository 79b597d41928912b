import type { JsonType, PlanNode } from "../spec.js";
import type { ContainerTap, Frame, TextTap } from "./frame.js";
import { MASKED, setOpen } from "./frame.js";
import { FrameStack, NOWHERE } from "./frame-stack.js";
import { Misfit } from "./misfit.js";
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

/**
 * Builds the value while the scanner reads, decoded on the fly: which shape a value is read by and whether it shows, members, what ends.
 * Here stands what any schema needs; the rest is in rare-scanner.ts.
 */
export class ValueBuilder extends FrameStack {
  listener: BuilderListener | undefined = undefined;
  protected textTap: TextTap | undefined = undefined;
  /** Shape of the value that comes next. */
  protected child: Shape;
  private readonly mends: boolean;
  protected readonly raw: Shape = new Shape(ANY, { kind: "any" });

  constructor(root: Shape, { live = false, mends = false }: ScannerOptions) {
    // Frame 0 is a list whose only item is the whole value.
    const top = new Shape(LIST, { kind: "any" });
    top.item = root;
    super(top, live);
    this.mends = mends;
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

  protected resolveScalar(type: JsonType): void {
    const kind = this.resolve(type);
    if (kind === TEXT && type === "string") this.beginString();
    else if (kind !== ATOM && kind !== ANY) this.misfit();
  }

  /** Decides unions by the JSON type of the value that begins; a wrapper that the model left out is passed. */
  protected resolve(type: JsonType): number {
    for (;;) {
      const { kind, node, branches, fields } = this.child;
      if (kind === UNWRAP && type !== "object") this.child = fields[0] ?? this.raw;
      else if (kind === UNION && node.kind === "union") {
        const branch = branches[node.byType?.[type] ?? -1];
        if (branch === undefined) return this.undecided(type, node);
        this.child = branch;
      } else return kind;
    }
  }

  /** No branch of the union is the only one of that type: a scalar shows when it is complete, a container has no place. */
  protected undecided(_type: JsonType, _union: PlanNode & { kind: "union" }): number {
    return ATOM;
  }

  /** The value has a type that the plan does not know here. @returns the kind it is read as */
  protected misfit(): number {
    if (this.mends) throw new Misfit("does not fit the schema that was sent");
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
    if (kind <= ATOM || kind === LIST || kind === EXTRAS) kind = this.misfit();
    const frame = this.open(kind);
    frame.list = false;
    frame.values = frame.slots;
    if (frame.kind === ANY || kind === UNDECIDED || kind === ENTRIES) frame.bag = {};
    if (this.visible && kind !== UNWRAP && kind !== ENTRY) this.dirty = true;
    this.tell(frame);
  }

  protected openList(): void {
    const kind = this.child.kind >= HELD ? this.resolve("array") : this.child.kind;
    const frame = this.open(kind === LIST || kind === ANY ? kind : this.misfit());
    frame.list = frame.plain = true;
    frame.values = [];
    frame.kind = LIST;
    if (this.visible) this.dirty = true;
    this.tell(frame);
  }

  protected tell(frame: Frame): void {
    if (this.listener !== undefined && this.visible) frame.listen(this.listener.opened(this.depth));
  }

  protected open(kind: number): Frame {
    const hide = kind === HELD || kind === UNDECIDED || this.frame.veil;
    // A container is not null, even if its value becomes so by decoding.
    this.frame.flags &= ~NULL_IS_ABSENT;
    this.depth++;
    if (hide && this.visible) {
      this.visible = false;
      this.held = this.depth;
    }
    return this.push(kind === HELD ? ANY : kind, this.child);
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
    frame.settle();
  }

  protected beginOutOfTurn(frame: Frame, key: string, before: number): void {
    const { kind, field, shape } = frame;
    frame.veil = false;
    if (kind === OBJECT || kind === ANY) {
      if (frame.bag === undefined && field > before && field < 31) frame.mask ||= MASKED | ((1 << frame.index) - 1);
      else {
        frame.toBag();
        frame.key = shape.names[field] ?? key;
        frame.veil = field < 0 && kind === OBJECT;
      }
    } else if (kind === UNWRAP && field === 0) frame.index = 0;
    else {
      frame.toBag();
      frame.key = key;
      frame.veil = true;
    }
  }

  /** The open member is complete. */
  protected complete(value: unknown): void {
    const { frame } = this;
    if (!frame.plain || value === null) return this.completeSpecial(frame, value);
    frame.values[frame.index++] = value;
    if (this.visible) this.dirty = true;
  }

  protected completeSpecial(frame: Frame, value: unknown): void {
    if (frame.list) {
      frame.flags = 0;
      if (this.depth > 0) frame.settle();
    }
    if (value === null && (frame.flags & NULL_IS_ABSENT) !== 0) {
      frame.plain = false;
      if (frame.bag !== undefined) this.takeBack(frame, frame.bag);
      return;
    }
    this.store(frame, value);
    frame.veil = false;
  }

  /** Of equal keys the last one says that the member is absent. */
  private takeBack({ key }: Frame, bag: Record<string, unknown>): void {
    if (this.visible && Object.hasOwn(bag, key)) this.dirty = true;
    delete bag[key];
  }

  protected store(frame: Frame, value: unknown): void {
    const { kind, bag } = frame;
    if (frame.tap !== undefined && (this.visible || this.frozen) && !frame.tap.closed(value, this.depth)) return this.drop(frame);
    if (bag === undefined || (kind === UNWRAP && frame.field === 0)) {
      frame.values[frame.index++] = value;
      if (frame.mask !== 0) frame.mask |= 1 << frame.field;
    } else setOpen(frame, bag, value);
    if (this.visible && !(frame.veil && kind >= MEMBERS)) this.dirty = true;
  }

  protected reveal(value: unknown): void {
    if (this.listener === undefined || !this.visible || typeof value !== "object" || value === null) return;
    this.listener.revealed(value, this.depth);
  }

  // ── Values that end ───────────────────────────────────────────────────────────────────────────────────────────────

  protected close(): void {
    const { frame } = this;
    // Complete as it was shown: the value stays the same object, and nothing has changed.
    const current = this.visible && !this.dirty;
    const shown = current && this.isShown(frame);
    const value = shown && frame.kind <= ENTRIES ? frame.cache : this.finish(frame);
    const same = shown || (current && value === frame.cache);
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
    this.closed(frame, around, value);
    if (same) this.dirty = false;
  }

  /** A container has ended. */
  protected closed(_frame: Frame, _around: Frame, value: unknown): void {
    this.complete(value);
  }

  /** The container's value is in the last snapshot, if that is current. */
  protected isShown({ kind, index }: Frame): boolean {
    return kind !== UNWRAP || index > 0;
  }

  /** The value of a container that ends. */
  protected finish(frame: Frame): unknown {
    const { kind, bag, values, index } = frame;
    if (kind === LIST) return values;
    return kind === UNWRAP ? (index > 0 ? values[0] : (bag ?? {})) : frame.toObject();
  }
}
