import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("the order in the letter is printed", () => {
  const output = execFileSync(process.execPath, ["dist/src/main.js"], { encoding: "utf8", env: { ...process.env, CEREBRAS_API_KEY: "" } });
  assert.match(output, /Order of Inês Carvalho/);
  assert.match(output, / 12 {2}blue cup +4\.50 €/);
  assert.match(output, / 1 {2}sugar bowl/);
  assert.match(output, /by 2026-06-03/);
  assert.match(output, /\d+ tokens/);
});
