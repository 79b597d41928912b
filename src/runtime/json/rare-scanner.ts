import { decode } from "../decode.js";
import type { JsonType, PlanNode } from "../spec.js";
import { type Frame, setMember } from "./frame.js";
import { NOWHERE } from "./frame-stack.js";
import { JsonScanner } from "./json-scanner.js";
import { isDeclared, isRest, members, notEntries, sameItems, spreadOnce } from "./rare-frames.js";
import {
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
  type Shape,
  UNDECIDED,
  UNWRAP,
} from "./shape.js";
import type { ScannerOptions } from "./scanner-options.js";

/**
 * Reads by plans of any kind. What it adds to `JsonScanner` few schemas need: maps, open objects, tuples whose items have keys of their own on the wire,
 * unions that a tag or a key tells apart, JSON in strings, what is shown when it is complete, what is on the wire only.
 */
export class RareScanner extends JsonScanner {
  private readonly defs: ScannerOptions["defs"];

  constructor(root: Shape, options: ScannerOptions = {}) {
    super(root, options);
    this.defs = options.defs;
  }

  // ── Values that begin ─────────────────────────────────────────────────────────────────────────────────────────────

  protected override resolveScalar(type: JsonType): void {
    const kind = this.resolve(type);
    if (kind === HELD) return this.hold();
    // What is no list adds no members.
    if (kind === EXTRAS) spreadOnce(this.frame).mark(ASIDE);
    super.resolveScalar(type);
  }

  protected override undecided(type: JsonType, { byTag, byKey }: PlanNode & { kind: "union" }): number {
    return type === "object" && (byTag ?? byKey) !== undefined ? UNDECIDED : HELD;
  }

  /** Reads the value as plain JSON, hidden; `decode` finishes it. */
  private hold(): void {
    this.frame.mark(DECODE);
    this.frame.pending = this.child;
    this.child = this.raw;
  }

  protected override open(kind: number): Frame {
    if (kind === HELD) this.hold();
    return super.open(kind);
  }

  protected override openObject(): void {
    // Nor does an object.
    if (this.child.kind === EXTRAS) spreadOnce(this.frame).mark(ASIDE);
    super.openObject();
  }

  protected override openList(): void {
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

  // ── Members ───────────────────────────────────────────────────────────────────────────────────────────────────────

  protected override beginMember(field: number, key: string): void {
    super.beginMember(field, key);
    const { frame } = this;
    if (frame.kind === ENTRIES) this.child = frame.shape.item?.fields[1] ?? this.raw;
    if ((frame.flags & ASIDE) !== 0) frame.veil = true;
    frame.settle();
  }

  protected override beginOutOfTurn(frame: Frame, key: string, before: number): void {
    const { kind, field, shape } = frame;
    if (kind === UNDECIDED) {
      frame.veil = false;
      // Where a tag tells, only its absence leaves the decision to the keys, and that is known at the end.
      const { node } = shape;
      if (node.kind === "union" && node.byTag === undefined && node.byKey !== undefined && Object.hasOwn(node.byKey, key)) {
        this.decide(frame, node.byKey[key]);
        if (frame.kind !== UNDECIDED) return this.beginMember(frame.shape.find(key), key);
      }
      frame.key = key;
    } else {
      // A value may have been shown under the key before.
      if (kind === ENTRY && field === 0 && (frame.bag === undefined || Object.hasOwn(frame.bag, key))) throw notEntries();
      super.beginOutOfTurn(frame, key, before);
      if (kind === ENTRIES) frame.veil = false;
    }
  }

  protected override completeSpecial(frame: Frame, raw: unknown): void {
    const { flags } = frame;
    if (frame.list && frame.kind !== LIST) {
      frame.flags = 0;
      return this.spoil(frame);
    }
    if ((flags & ASIDE) !== 0) {
      frame.veil = false;
      return;
    }
    if ((flags & DECODE) === 0 || (raw === null && (flags & NULL_IS_ABSENT) !== 0)) return super.completeSpecial(frame, raw);
    if (frame.pending?.rule?.(raw) === false) this.misfit();
    const value = this.decodeAs(frame.pending?.node, raw);
    this.reveal(value);
    // What is null now was something on the wire.
    frame.flags = 0;
    super.completeSpecial(frame, value);
  }

  private decodeAs(node: PlanNode | undefined, raw: unknown): unknown {
    return decode({ root: node ?? this.raw.node, ...(this.defs && { defs: this.defs }) }, raw);
  }

  protected override store(frame: Frame, value: unknown): void {
    if (frame.kind === ENTRY && frame.bag === undefined && frame.index === 0) return this.storeEntryKey(frame, value);
    super.store(frame, value);
    if (frame.kind === UNDECIDED) this.decideByTag(frame, value);
  }

  /** The key alone shows nothing; what must not be shown under it is held. */
  private storeEntryKey(entry: Frame, key: unknown): void {
    const entries = this.frames[this.depth - 1];
    entry.values[entry.index++] = key;
    if (typeof key !== "string" || entries === undefined) return void this.misfit();
    entries.key = key;
    if (isDeclared(entries, key)) entry.toBag();
    else remember(entries, key);
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
    frame.settle();
    if (this.depth === this.held && this.frames[this.depth - 1]?.veil === false) {
      this.held = NOWHERE;
      this.visible = !this.frozen;
      this.dirty ||= this.visible;
    }
    this.tell(frame);
    for (const key of Object.keys(held)) {
      this.beginMember(child.find(key), key);
      frame.mark(DECODE);
      frame.pending = this.child;
      this.complete(held[key]);
    }
  }

  // ── Values that end ───────────────────────────────────────────────────────────────────────────────────────────────

  protected override closed(frame: Frame, around: Frame, value: unknown): void {
    if (frame.kind === EXTRAS) around.flags = 0;
    else if (frame.kind === ENTRY) this.closeEntry(frame, around);
    else this.complete(value);
  }

  private closeEntry(entry: Frame, entries: Frame): void {
    const { bag, values, index } = entry;
    const key = bag === undefined ? (index > 0 ? values[0] : undefined) : bag["key"];
    if (typeof key !== "string") return this.spoil(entries);
    entries.key = key;
    if (isDeclared(entries, key)) return;
    remember(entries, key);
    this.store(entries, bag === undefined ? (index > 1 ? values[1] : undefined) : bag["value"]);
  }

  /** What came is no list of entries: extras are nothing then, as `decode` says; a map can't become valid any more. */
  private spoil(entries: Frame): void {
    if (entries.kind !== EXTRAS) throw notEntries();
    this.misfit();
    for (let undo = entries.values.pop(); typeof undo === "function"; undo = entries.values.pop()) undo();
    entries.bag = {};
  }

  protected override isShown(frame: Frame): boolean {
    const { kind, index, bag } = frame;
    if (kind === MEMBERS) return bag === undefined;
    if (kind === ENTRY) return index > 1 && bag === undefined;
    return kind !== EXTRAS && kind !== UNDECIDED && super.isShown(frame);
  }

  protected override finish(frame: Frame): unknown {
    const { kind, bag, index, cache, shape } = frame;
    if (kind === UNDECIDED) {
      if (shape.rule?.(bag) === false) this.misfit();
      return this.decodeAs(shape.node, bag);
    }
    if (kind === UNWRAP && index === 0) return this.decodeAs(shape.fields[0]?.node, bag ?? {});
    if (kind !== MEMBERS) return super.finish(frame);
    const items = members(frame, index);
    return sameItems(cache, items) ? cache : items;
  }

  // ── Snapshots ─────────────────────────────────────────────────────────────────────────────────────────────────────

  protected override putOpen(frame: Frame, value: unknown): void {
    if (frame.kind !== MEMBERS || frame.bag === undefined) super.putOpen(frame, value);
  }

  protected override current(frame: Frame, open: boolean): unknown {
    return frame.kind === MEMBERS ? members(frame, open ? frame.index + 1 : frame.index) : super.current(frame, open);
  }
}

/** What an entry is about to set is taken back where the list turns out to be none; an undeclared member may have come under its key before. */
function remember({ kind, bag, values }: Frame, key: string): void {
  if (kind !== EXTRAS || bag === undefined) return;
  const had = Object.hasOwn(bag, key);
  const before = bag[key];
  values.push(() => {
    if (had) setMember(bag, key, before);
    else delete bag[key];
  });
}
