export type { Relative as Renamed } from "./relative.js";
export * from "./aliased.js";
