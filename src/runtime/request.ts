import { type BuiltRequest, buildRequest } from "./call/build-request.js";
import { Fault } from "./call/fault.js";
import { modelsOf } from "./call/models-of.js";
import type { ExtractInput, ExtractOptions } from "./options.js";
import type { Spec } from "./spec.js";

/**
 * The request that `extract` would send first, exactly, without sending it; `shape: "list"` for `extractList`.
 *
 * @throws {ExtractionError} the input is none, or an option of yours has thrown
 */
export async function request<T, C>(
  spec: Spec<T>,
  input: ExtractInput,
  { shape = "one", ...options }: ExtractOptions<T, C> & { readonly shape?: "one" | "list" } = {},
): Promise<BuiltRequest> {
  const mode = options.mode ?? spec.mode ?? "tools";
  try {
    return await buildRequest({ spec, shape, input, options }, { model: modelsOf(spec, options)[0], mode, messages: [] });
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const { callerError } = await import("./recover/caller-error.js");
    throw callerError(cause.facts);
  }
}
