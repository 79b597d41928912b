import type { JsonLimits } from "../options.js";
import type { Plan } from "../spec.js";

export interface ScannerOptions {
  /** The plan's shared nodes. */
  readonly defs?: Plan["defs"] | undefined;
  /** Snapshots are one value that is changed in place. */
  readonly live?: boolean | undefined;
  readonly limits?: JsonLimits | undefined;
}
