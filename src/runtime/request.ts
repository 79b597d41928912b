import { type BuiltRequest, buildRequest } from "./call/build-request.js";
import { modelsOf } from "./call/models-of.js";
import type { ExtractInput, ExtractOptions } from "./options.js";
import type { Spec } from "./spec.js";

/** The request that `extract` would send first, exactly, without sending it; `shape: "list"` for `extractList`. */
export async function request<T, C>(
  spec: Spec<T>,
  input: ExtractInput,
  { shape = "one", ...options }: ExtractOptions<T, C> & { readonly shape?: "one" | "list" } = {},
): Promise<BuiltRequest> {
  const mode = options.mode ?? spec.mode ?? "tools";
  return buildRequest({ spec, shape, input, options }, { model: modelsOf(spec, options)[0], mode, messages: [] });
}
