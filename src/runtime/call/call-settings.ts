import type { ChatClient, ExtractOptions, Hooks } from "../options.js";
import type { Mode, Spec } from "../spec.js";
import { sharedClient } from "../client/shared-client.js";
import { environment } from "../client/environment.js";
import { defaultModel } from "./model-table.js";

/** The options of a call with every default filled in. */
export interface CallSettings {
  readonly client: ChatClient;
  readonly models: readonly string[];
  readonly mode: Mode;
  readonly maxRetries: number;
  readonly maxTransportRetries: number;
  readonly hooks: Hooks;
}

export function callSettings<T, C>(spec: Spec<unknown>, options: ExtractOptions<T, C>): CallSettings {
  const model = options.model ?? spec.model ?? environment("CEREBRAS_MODEL") ?? defaultModel;
  return {
    client: options.client ?? sharedClient(),
    models: [model, ...(options.fallbackModels ?? [])],
    mode: options.mode ?? spec.mode ?? "tools",
    maxRetries: options.maxRetries ?? 2,
    maxTransportRetries: options.maxTransportRetries ?? 2,
    hooks: options.hooks ?? {},
  };
}
