import { defineConfig } from "vitest/config";
import base from "../vitest.config.js";

// `npm run conformance`: each part is a file `*.conformance.ts`, prints its table and fails below its floor (floors.json).
export default defineConfig({
  ...base,
  test: {
    include: ["test/conformance/**/*.conformance.ts"],
    disableConsoleIntercept: true,
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
