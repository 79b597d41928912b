import type { Frame } from "../json/frame.js";
import { isTransparent } from "../json/member-path.js";
import { MEMBERS } from "../json/shape.js";

/**
 * The container after so many steps of the path of the open member of the frame at `depth`; of what is in it, what is complete. Only to
 * be looked at.
 */
export function containerAt(frames: readonly Frame[], depth: number, steps: number): unknown {
  let left = steps;
  for (let at = 1; at <= depth; at++) {
    const frame = frames[at];
    if (frame === undefined || isTransparent(frame, frames[at + 1], at < depth) || left-- > 0) continue;
    const { kind, list, values, bag, index, mask } = frame;
    return kind === MEMBERS || (list && bag === undefined) ? values : (bag ?? frame.make(index, mask));
  }
  return undefined;
}
