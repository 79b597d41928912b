import type { Terminal } from "../terminal.js";

export interface Interruption {
  readonly drain: AbortSignal;
  readonly abort: AbortSignal;
  close(): void;
}

/** The first Ctrl+C lets what runs end, the second gives it up. Either way the next run goes on from there. */
export function onInterrupt(terminal: Terminal): Interruption {
  const [drain, abort] = [new AbortController(), new AbortController()];
  const interrupt = (): void => {
    if (drain.signal.aborted) return abort.abort();
    drain.abort();
    terminal.stderr.write("\nFinishing what has begun; press Ctrl+C again to give it up.\n");
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return { drain: drain.signal, abort: abort.signal, close: () => void process.off("SIGINT", interrupt).off("SIGTERM", interrupt) };
}
