/** Measures phases one after the other. */
export class PhaseClock {
  readonly timings: Record<string, number> = {};
  #last = performance.now();

  mark(phase: string): void {
    const now = performance.now();
    this.timings[phase] = now - this.#last;
    this.#last = now;
  }
}
