import type { Missing } from "./nowhere.js";
import type { Absent } from "./there.js";
export interface Faulty {
  a: Unknwn;
  b: Missing;
  c: Absent;
  d: Pick<Other, "nope">;
  e: there.Deep;
}
interface Other {
  a: string;
}
