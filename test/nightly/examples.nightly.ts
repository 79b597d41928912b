import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

// Each example with the packed packages in a folder of its own: generated, compiled, and its own test run.
test.each(["terminal", "streaming", "worker"])("examples/%s", (name) => {
  const env = { ...process.env, CEREBRAS_API_KEY: "", CEREBRAS_BASE_URL: "" };
  const log = execFileSync(process.execPath, ["examples/install.js", name, "test"], { cwd: root, encoding: "utf8", env, stdio: "pipe" });
  process.stdout.write(log);
  expect(log).toMatch(/^(# |ℹ )pass [1-9]/m);
  expect(log).toMatch(/^(# |ℹ )fail 0/m);
});
