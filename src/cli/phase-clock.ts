import { now } from "./now.js";

/** Measures phases one after the other. */
export class PhaseClock {
  readonly timings: Record<string, number> = {};
  #last = now();

  mark(phase: string): void {
    const time = now();
    this.timings[phase] = time - this.#last;
    this.#last = time;
  }
}
