import { environment } from "../client/environment.js";
import type { Spec } from "../spec.js";

/** The models of a call in the order in which they are tried; the first is the call's, else the config's, else CEREBRAS_MODEL. */
export function modelsOf(
  spec: Spec<unknown>,
  { model, fallbackModels = [] }: { readonly model?: string; readonly fallbackModels?: readonly string[] },
): readonly [string, ...string[]] {
  return [model ?? spec.model ?? environment("CEREBRAS_MODEL") ?? "gpt-oss-120b", ...fallbackModels];
}
