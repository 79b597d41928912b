import { decode } from "../decode.js";
import type { PlanNode } from "../spec.js";
import { isDeclared, isShown, notEntries, sameItems } from "./frame-facts.js";
import { type Frame, MASKED, setOpen } from "./frame.js";
import { members, NOWHERE } from "./frame-stack.js";
import { ANY, ASIDE, DECODE, ENTRIES, ENTRY, EXTRAS, LIST, MEMBERS, NULL_IS_ABSENT, OBJECT, UNDECIDED, UNWRAP } from "./shape.js";
import { ValueOpener } from "./value-opener.js";

/** Builds the value while the scanner reads, decoded on the fly: members, what completes, what ends. */
export class ValueBuilder extends ValueOpener {
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
    frame.settle();
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
    if (!frame.plain || value === null) return this.completeSpecial(frame, value);
    frame.values[frame.index++] = value;
    if (this.visible) this.dirty = true;
  }

  private completeSpecial(frame: Frame, raw: unknown): void {
    const { flags } = frame;
    if (frame.list) {
      frame.flags = 0;
      if (frame.kind !== LIST) return this.spoil(frame);
      if (this.depth > 0) frame.settle();
    }
    if ((flags & ASIDE) !== 0) {
      frame.veil = false;
      return;
    }
    if (raw === null && (flags & NULL_IS_ABSENT) !== 0) {
      frame.plain = false;
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
