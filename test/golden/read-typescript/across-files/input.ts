import type { Relative } from "./lib/relative.js";
import { type Aliased } from "@lib/aliased";
import Default from "./lib/default.js";
import * as all from "./lib/barrel.js";
export interface Everything {
  relative: Relative;
  aliased: Aliased;
  default: Default;
  all: all.Renamed;
  direct: import("./lib/relative.js").Relative["inner"];
}
export type { Relative } from "./lib/relative.js";
export * from "./lib/barrel.js";
