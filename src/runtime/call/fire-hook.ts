import type { Hooks } from "../options.js";
import type { CallWatch } from "./call-watch.js";

type HookName = Exclude<keyof Hooks, "onHookError">;
type HookEvent<N extends HookName> = Parameters<NonNullable<Hooks[N]>>[0];

/** Calls a hook, if there is one, and waits for it. What it throws goes to `onHookError`. Gives what the hook gave back. */
export type FireHook = <N extends HookName>(name: N, event: HookEvent<N>) => Promise<unknown> | undefined;

export function hookCaller(hooks: Hooks, watch: Pick<CallWatch, "wait">): FireHook {
  return (name, event) => {
    // The type of `hooks[name]` is a union of functions; `event` is the argument of the one that `name` picks.
    const hook = hooks[name] as ((given: typeof event) => unknown) | undefined;
    if (hook === undefined) return undefined;
    const ran = run(() => hook.call(hooks, event)).catch((error: unknown) => report(hooks, name, error));
    // Nobody waits past the end of the call, which is told by who looks for it next.
    return watch.wait(ran).catch(() => undefined);
  };
}

/** The last resort may fail as well, at once or later; a hook must never break the call. */
function report(hooks: Hooks, hook: string, error: unknown): void {
  run(() => hooks.onHookError?.({ hook, error })).catch(() => {});
}

/** Calls at once; what it throws is the promise's. */
async function run(call: () => unknown): Promise<unknown> {
  return call();
}
