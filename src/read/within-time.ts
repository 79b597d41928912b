import { type Context, createContext, Script } from "node:vm";

let context: Context | undefined;
const call = new Script("work()");

/**
 * Runs `work`, but not for ever: an expression such as `^(a+)+$` can take longer than anybody waits, and the engine breaks it off in no
 * other way. The script that is run is the one above; what it calls is ours.
 *
 * @returns what `work` gives; undefined after so many milliseconds
 */
export function withinTime<T>(work: () => T, milliseconds: number): { readonly value: T } | undefined {
  let result: { readonly value: T } | undefined;
  context ??= createContext();
  context["work"] = () => {
    result = { value: work() };
  };
  try {
    call.runInContext(context, { timeout: Math.max(1, Math.ceil(milliseconds)) });
  } catch (error) {
    // It is made in the other context, whose Error is another one.
    if (Object(error).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
  }
  return result;
}
