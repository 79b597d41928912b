import { defineConfig } from "vitest/config";
import base from "../vitest.config.js";

/** What takes longer than `npm test` may: one file after the other, each as long as it needs. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["test/nightly/**/*.nightly.ts"], testTimeout: 3_600_000, hookTimeout: 600_000, fileParallelism: false },
});
