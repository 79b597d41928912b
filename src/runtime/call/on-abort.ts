/** On a signal: who is to be told of its abort. Registered, so that copies of this package share it. */
const key: unique symbol = Symbol.for("schemacast.abortListeners");

/**
 * Tells of a signal's abort. All who wait for one signal share one listener: a program that hands a signal to a thousand calls is no leak,
 * and Node would warn of it from the eleventh on.
 *
 * @param tell called once at most; is known by its identity
 * @returns takes it back
 */
export function onAbort(signal: AbortSignal & { [key]?: Set<() => void> }, tell: () => void): () => void {
  const waiting = signal[key] ?? listen(signal);
  waiting.add(tell);
  return () => void waiting.delete(tell);
}

/** The listener stays as long as the signal does: to come and go with each call would cost more than it holds. */
function listen(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  // Of a signal that is frozen, each call has a listener of its own.
  Reflect.set(signal, key, waiting);
  signal.addEventListener(
    "abort",
    () => {
      for (const tell of waiting) tell();
      waiting.clear();
    },
    { once: true },
  );
  return waiting;
}
