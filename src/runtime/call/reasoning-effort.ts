/**
 * The effort that is sent when the caller names none. gpt-oss and qwen 3.8 reason at length by default, which an extraction
 * does not need; a model that reasons only when asked, or an unknown one, is left as it is (cerebras/api.md 4).
 */
export function defaultReasoningEffort(model: string): "low" | undefined {
  return /^(gpt-oss|qwen-3\.8)/.test(model) ? "low" : undefined;
}
