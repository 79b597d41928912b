/** Shared models that answer today (cerebras/api.md 5, October 2026). */
export const liveModels = ["gpt-oss-120b", "qwen-3.8-27b"] as const;

/** Day on which a model stopped answering (docs: deprecations page; gemma and GLM left the shared tier in autumn 2026). */
const retiredModels: Readonly<Record<string, string>> = {
  "llama3.1-70b": "2025-01-17",
  "qwen-3-235b-a22b": "2025-07-29",
  "deepseek-r1-distill-llama-70b": "2025-08-12",
  "llama-4-maverick-17b-128e-instruct": "2025-10-15",
  "llama-4-scout-17b-16e-instruct": "2025-11-03",
  "qwen-3-coder-480b": "2025-11-05",
  "qwen-3-235b-a22b-thinking-2507": "2025-11-14",
  "zai-glm-4.6": "2026-01-20",
  "qwen-3-32b": "2026-02-16",
  "llama-3.3-70b": "2026-02-16",
  "llama3.1-8b": "2026-05-27",
  "qwen-3-235b-a22b-instruct-2507": "2026-05-27",
};

/** What to tell about a model the API does not know; `undefined` for one that is not known here to be retired. */
export function retirement(model: string): string | undefined {
  return Object.hasOwn(retiredModels, model) ? `${model} was retired on ${retiredModels[model]}. ${liveModelsText()}` : undefined;
}

export function liveModelsText(): string {
  return `Live models: ${liveModels.join(", ")}.`;
}
