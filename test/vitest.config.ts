import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const runtime = (file: string): string => fileURLToPath(new URL(`../src/runtime/${file}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: {
    alias: [
      { find: /^@schemacast\/runtime$/, replacement: runtime("index.ts") },
      { find: /^@schemacast\/runtime\/(.+)$/, replacement: runtime("$1.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // Concurrent tests wait for sockets and timers, not for the CPU.
    maxConcurrency: 50,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
