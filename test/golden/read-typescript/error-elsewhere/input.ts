import type { Deep } from "./there.js";
export interface Uses {
  deep: Deep;
}
