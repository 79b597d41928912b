/** Every hook but `onHookError`. */
export const hookNames = [
  "onRequest",
  "onResponse",
  "onParseError",
  "onValidationError",
  "onRetry",
  "onLastAttempt",
  "onError",
  "onUsage",
] as const;
