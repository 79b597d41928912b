import type { JsonLimits } from "../options.js";
import type { Plan } from "../spec.js";

export interface ScannerOptions {
  /** The plan's shared nodes. */
  readonly defs?: Plan["defs"] | undefined;
  /** Snapshots are one value that is changed in place. */
  readonly live?: boolean | undefined;
  /** What does not fit is thrown as a `Misfit`, because somebody will mend it; else snapshots stay as they are from there on. */
  readonly mends?: boolean | undefined;
  readonly limits?: JsonLimits | undefined;
}
