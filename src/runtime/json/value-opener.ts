import type { JsonType, Plan } from "../spec.js";
import { isRest, misplaced, spreadOnce } from "./frame-facts.js";
import type { ContainerTap, Frame, TextTap } from "./frame.js";
import { FrameStack } from "./frame-stack.js";
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

/** What begins: which shape a value is read by, and whether it shows. */
export class ValueOpener extends FrameStack {
  listener: BuilderListener | undefined = undefined;
  protected textTap: TextTap | undefined = undefined;
  /** Shape of the value that comes next. */
  protected child: Shape;
  protected readonly defs: Plan["defs"];
  private readonly mends: boolean;
  protected readonly raw: Shape = new Shape(ANY, { kind: "any" });

  constructor(root: Shape, { defs, live = false, mends = false }: ScannerOptions) {
    // Frame 0 is a list whose only item is the whole value.
    const top = new Shape(LIST, { kind: "any" });
    top.item = root;
    super(top, live);
    this.defs = defs;
    this.mends = mends;
    this.child = root;
  }

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
      if (kind === EXTRAS) spreadOnce(this.frame).mark(ASIDE);
      this.misfit();
    }
  }

  /** Decides unions by the JSON type of the value that begins; a wrapper that the model left out is passed. */
  protected resolve(type: JsonType): number {
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
  protected hold(): void {
    this.frame.mark(DECODE);
    this.frame.pending = this.child;
    this.child = this.raw;
  }

  /** The value has a type that the plan does not know here. @returns the kind it is read as */
  protected misfit(): number {
    if (this.mends) throw misplaced();
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

  protected tell(frame: Frame): void {
    if (this.listener !== undefined && this.visible) frame.listen(this.listener.opened(this.depth));
  }

  protected openList(): void {
    const around = this.frame;
    let kind = this.child.kind >= HELD ? this.resolve("array") : this.child.kind;
    if (kind <= ATOM || kind === OBJECT || kind === MEMBERS || kind === ENTRY || kind === UNWRAP) kind = this.misfit();
    const frame = this.open(kind);
    frame.list = true;
    frame.values = [];
    if (kind === ENTRIES) frame.bag = {};
    else if (kind === EXTRAS) frame.bag = spreadOnce(around).toBag();
    else frame.kind = LIST;
    frame.plain = frame.kind === LIST;
    if (this.visible && kind !== EXTRAS && !isRest(around)) this.dirty = true;
    this.tell(frame);
  }

  private open(kind: number): Frame {
    const hide = kind === HELD || kind === UNDECIDED || this.frame.veil;
    if (kind === HELD) this.hold();
    // A container is not null, even if its value becomes so by decoding.
    this.frame.flags &= ~NULL_IS_ABSENT;
    this.depth++;
    if (hide && this.visible) {
      this.visible = false;
      this.held = this.depth;
    }
    return kind === HELD ? this.push(ANY, this.raw) : this.push(kind, this.child);
  }
}
