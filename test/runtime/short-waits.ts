import { vi } from "vitest";

/**
 * From now on waits before something is tried again are short. What only watches looks at the clock when it wakes too early.
 *
 * @returns the timers that run; `vi.unstubAllGlobals` ends it
 */
export function shortenWaits(): ReadonlySet<NodeJS.Timeout> {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Set<NodeJS.Timeout>();
  vi.stubGlobal("setTimeout", (run: (...given: unknown[]) => void, milliseconds: number, ...given: unknown[]) => {
    const soon = milliseconds > 200 && milliseconds <= 70_000 ? 5 : milliseconds;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(...given);
    }, soon);
    timers.add(timer);
    return timer;
  });
  vi.stubGlobal("clearTimeout", (timer: NodeJS.Timeout | undefined) => {
    if (timer !== undefined) timers.delete(timer);
    clearTimeout(timer);
  });
  return timers;
}
