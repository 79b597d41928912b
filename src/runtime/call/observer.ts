import type { CallJob } from "./call-job.js";
import type { FinishedCall } from "./details.js";

/** Runs a call in its own way: around it, and around each of its requests by way of `job.exchange`. It must end as the call does. */
export type CallObserver = <R, C>(job: CallJob<R, C>, run: (job: CallJob<R, C>) => Promise<FinishedCall<R>>) => Promise<FinishedCall<R>>;

/** Registered symbol: a program may hold the runtime more than once (bundles, inline copies), and is observed as one. */
const key = Symbol.for("@schemacast/runtime/observer/1");

/** Who observes the calls of this program, if anybody does. */
export function observer(): CallObserver | undefined {
  // Only `observeCalls` writes there.
  return Reflect.get(globalThis, key) as CallObserver | undefined;
}

/** From now on all calls run by way of `observe`; one at a time. @returns takes it back */
export function observeCalls(observe: CallObserver): () => void {
  Reflect.set(globalThis, key, observe);
  return () => {
    if (observer() === observe) Reflect.deleteProperty(globalThis, key);
  };
}
