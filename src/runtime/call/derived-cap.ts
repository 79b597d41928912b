import type { Subject } from "./build-request.js";
import { defaultReasoningEffort } from "./reasoning-effort.js";
import type { AttemptPlan } from "./running.js";

/** Tokens for the frame of the answer that the model writes besides: channel, name of the tool, end marks. */
const frame = 64;

/** Tokens left for reasoning, which the cap counts too; without an effort the model may still reason by itself. */
const reasoning = { none: 0, low: 1024, medium: 8192 } as const;

/**
 * The cap of `maxCompletionTokens: "schema"`: what a valid answer takes at most, and room for reasoning. `undefined`: none is sent, because
 * the schema sets no bound, a list is asked for, the model is told to reason at length, or an answer was cut off by it before.
 */
export function derivedCap<T, C>(
  { spec: { bound }, shape, options }: Pick<Subject<T, C>, "spec" | "shape" | "options">,
  { model, isUncapped = false }: Pick<AttemptPlan, "model" | "isUncapped">,
): number | undefined {
  const effort = options.reasoningEffort ?? defaultReasoningEffort(model) ?? "low";
  if (isUncapped || options.maxCompletionTokens !== "schema" || bound === undefined) return undefined;
  return shape === "list" || effort === "high" ? undefined : bound + frame + reasoning[effort];
}
