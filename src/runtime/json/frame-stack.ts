import { Frame, setOpen } from "./frame.js";
import { ENTRY, EXTRAS, LIST, MEMBERS, OBJECT, type Shape, UNWRAP } from "./shape.js";

/** Deeper than any frame; an integer, because arithmetic with Infinity is that of floats. */
export const NOWHERE: number = 2 ** 30 - 1;

/**
 * The open containers, and the snapshots made of them: a snapshot makes the open containers anew, from the innermost to the
 * root; closed ones are shared.
 */
export class FrameStack {
  readonly frames: Frame[] = [];
  depth = 0;
  /** Something changed that a snapshot shows. As long as it is `false`, the cache of every open, visible frame is current. */
  dirty = false;
  /** Counts the snapshots that differ from the one before. */
  version = 0;
  protected frame: Frame;
  /** Text of the string that is being read, and whether it shows while it grows. */
  protected text = "";
  growing = false;
  /** What is read now shows in snapshots. */
  protected visible = true;
  /** Depth of the outermost open container that does not show. */
  protected held: number = NOWHERE;
  /** The answer left its schema: snapshots stay as they are until the end, where the validator judges. */
  frozen = false;
  /** Depth of the outermost frame that has a member which left the schema. */
  protected frozenAt: number = NOWHERE;
  /** Snapshots are one value that is changed in place. */
  protected readonly live: boolean;

  constructor(top: Shape, live: boolean) {
    this.live = live;
    this.frame = this.push(LIST, top);
  }

  /** What has arrived, as promised in docs/streaming.md; the same object as before when nothing changed. */
  snapshot(): unknown {
    if (this.dirty) this.renew();
    return this.frames[0]?.values[0];
  }

  protected push(kind: number, shape: Shape): Frame {
    const frame = (this.frames[this.depth] ??= new Frame(shape));
    frame.shape = shape;
    frame.kind = kind;
    frame.index = 0;
    frame.mask = 0;
    frame.bag = undefined;
    frame.field = -1;
    frame.flags = 0;
    frame.veil = frame.spread = false;
    frame.tap = undefined;
    frame.plain = kind === OBJECT;
    frame.cache = frame.shown = undefined;
    frame.has = 0;
    frame.copied = kind === MEMBERS || (this.depth > 0 && this.frames[this.depth - 1]?.copied === true);
    this.frame = frame;
    return frame;
  }

  /** The whole value has been found valid: it shows, however it was read. */
  thaw(): void {
    if (this.frozen) this.version++;
    this.frozen = false;
    this.frozenAt = NOWHERE;
  }

  /** The open member is left out, and with it what it may have shown and that it may have left the schema. */
  protected drop(frame: Frame): void {
    if (frame.list) frame.values.length = frame.index;
    if (this.frozenAt < this.depth) return;
    this.thaw();
    this.visible = this.dirty = true;
  }

  protected renew(): void {
    this.dirty = false;
    this.version++;
    // Most snapshots that are made in place are of a string that has grown.
    if (this.growing && this.depth < this.held && this.frame.growIn(this.text)) return;
    let depth = Math.min(this.depth, this.held - 1);
    let has = this.growing;
    let value: unknown = this.text;
    for (; depth > 0; depth--) {
      const frame = this.frames[depth];
      if (frame === undefined) break;
      const { kind } = frame;
      if (kind === UNWRAP || kind === ENTRY) {
        const at = kind === ENTRY ? 1 : 0;
        if (!has && frame.index > at) {
          value = frame.values[at];
          has = true;
        }
      } else {
        if (has) this.putOpen(frame, value);
        value = this.current(frame, has && frame.bag === undefined);
        has = kind !== EXTRAS;
        // In place: a container that is attached already holds its members for all to see.
        if (this.live && has && frame.cache === value && !frame.copied) {
          has = false;
          break;
        }
      }
      frame.cache = value;
    }
    const top = this.frames[0];
    if (has && top !== undefined) top.values[0] = value;
  }

  protected putOpen(frame: Frame, value: unknown): void {
    if (frame.bag === undefined) frame.values[frame.index] = value;
    else setOpen(frame, frame.bag, value);
  }

  protected current(frame: Frame, open: boolean): unknown {
    const { kind, bag, values, mask } = frame;
    const count = open ? frame.index + 1 : frame.index;
    if (kind === LIST) return this.live ? values : values.slice();
    if (bag !== undefined) return this.live ? bag : { ...bag };
    const bits = open && mask !== 0 ? mask | (1 << frame.field) : mask;
    return this.live ? frame.grow(count, bits) : frame.make(count, bits);
  }
}
