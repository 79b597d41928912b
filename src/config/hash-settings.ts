import { createHash } from "node:crypto";
import type { GenerateSettings } from "./generate-settings.js";
import type { Job } from "./job.js";

/** Fingerprint of what shapes the output. Empty for the defaults, so that adding an empty configuration makes nothing stale. */
export function hashSettings({ settings, overrides }: Pick<Job, "settings" | "overrides">): string {
  if (Object.keys(settings).length === 0 && overrides.length === 0) return "";
  return createHash("sha256").update(stableJson({ settings, overrides })).digest("hex").slice(0, 32);
}

/** The job with settings that win over its own and over every override's: those of the command line. */
export function withSettings(job: Job, flags: GenerateSettings): Job {
  const settings = { ...job.settings, ...flags };
  const overrides = job.overrides.map((override) => ({ ...override, settings: { ...override.settings, ...flags } }));
  return { ...job, settings, overrides, settingsHash: hashSettings({ settings, overrides }) };
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}
