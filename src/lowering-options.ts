import type { GenerateSettings } from "./config/generate-settings.js";
import type { LowerOptions } from "./lower/lower.js";
import { profileFor } from "./profiles/profile-for.js";

/** What a project's settings for a source mean for its lowering. */
export function loweringOptions({ profile, optional, open, readOnly }: GenerateSettings): LowerOptions {
  return {
    profile: profileFor(profile),
    ...(optional !== undefined && { optional }),
    ...(open !== undefined && { open }),
    ...(readOnly !== undefined && { readOnly }),
  };
}
