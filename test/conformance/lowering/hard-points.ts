import { asyncCheckPoints } from "./points-of-async-checks.js";
import { callPoints } from "./points-of-calls.js";
import { checkPoints } from "./points-of-checks.js";
import { shapePoints } from "./points-of-shape.js";
import { streamPoints } from "./points-of-streams.js";
import type { HardPoint } from "./task-bench.js";

/** What is hard about each task, by its id. */
export const hardPoints: { readonly [id: string]: HardPoint } = {
  ...shapePoints,
  ...streamPoints,
  ...checkPoints,
  ...asyncCheckPoints,
  ...callPoints,
};

/** What a task asks for and we do not have, beside what is asserted of it: the run prints it. */
export const notYet: { readonly [id: string]: string } = {};
