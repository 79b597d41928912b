import type { Hooks } from "../options.js";
import type { CallWatch } from "./call-watch.js";

type HookName = Exclude<keyof Hooks, "onHookError">;
type HookEvent<N extends HookName> = Parameters<NonNullable<Hooks[N]>>[0];

/** Calls a hook, if there is one, and waits for it. What it throws goes to `onHookError`. Gives what the hook gave back. */
export type FireHook = <N extends HookName>(name: N, event: HookEvent<N>) => Promise<unknown> | undefined;

export function hookCaller(hooks: Hooks, watch: CallWatch): FireHook {
  return (name, event) => {
    // The type of `hooks[name]` is a union of functions; `event` is the argument of the one that `name` picks.
    const hook = hooks[name] as ((given: typeof event) => unknown) | undefined;
    return hook === undefined ? undefined : run(name, () => hook.call(hooks, event));
  };

  async function run(name: HookName, call: () => unknown): Promise<unknown> {
    try {
      const given = call();
      return isPromise(given) ? await watch.wait(given) : given;
    } catch (error) {
      if (error !== watch.ended) report(hooks, name, error);
      return undefined;
    }
  }
}

function report(hooks: Hooks, hook: string, error: unknown): void {
  try {
    hooks.onHookError?.({ hook, error });
  } catch {
    // The last resort failed as well; a hook must never break the call.
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}
