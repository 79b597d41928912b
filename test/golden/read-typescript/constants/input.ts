export const VERSION = "1.0";
export const CODES = { ok: 200, missing: 404 } as const;
export const LEVELS = ["low", "high"] as const;
export interface Reply {
  version: typeof VERSION;
  code: (typeof CODES)[keyof typeof CODES];
  level: (typeof LEVELS)[number];
}
