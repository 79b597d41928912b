import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltSuite, buildSuite } from "../runtimes/build-suite.js";
import { cases } from "../runtimes/cases.js";
import { type Runtime, runtimes } from "../runtimes/runtimes.js";
import { runtimesTable, type RuntimeRow } from "../runtimes/runtimes-table.js";

// The published runtime and this repository's generated code, everywhere they are said to run. `UPDATE_DOCS=1` writes the table of
// docs/runtimes.md from what was run.
const home = fileURLToPath(new URL("../runtimes/", import.meta.url));
const page = fileURLToPath(new URL("../../docs/runtimes.md", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "schemacast-runtimes-"));
const rows: RuntimeRow[] = [];
const skipped: string[] = [];

let suite: BuiltSuite;
beforeAll(async () => {
  try {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: home, stdio: "pipe" });
  } catch (error) {
    console.log(`runtimes: what is missing is skipped, npm ci failed in test/runtimes (${String(error).split("\n")[0] ?? ""})`);
  }
  suite = await buildSuite(work);
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
  if (process.env["UPDATE_DOCS"] === "1" && rows.length === runtimes.length) {
    writeFileSync(page, readFileSync(page, "utf8").replace(/(<!-- runtimes -->\n)[^]*(<!-- end -->)/, `$1${runtimesTable(rows)}$2`));
  }
});

function versionHere(runtime: Runtime): string | undefined {
  try {
    return runtime.version();
  } catch (error) {
    skipped.push(runtime.name);
    console.log(`${runtime.name}: skipped, ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
    return undefined;
  }
}

test.each(runtimes)("$name", async (runtime) => {
  const version = versionHere(runtime);
  if (version === undefined) return;
  const { results, evalForbidden } = await runtime.run(suite);
  expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
  expect(results).toHaveLength(2 * Object.keys(cases).length);
  expect(evalForbidden).toBe(runtime.evalForbidden);
  rows.push({ name: runtime.name, how: runtime.how, version, evalForbidden, results });
});

test("every runtime stands in the table of docs/runtimes.md", () => {
  const text = readFileSync(page, "utf8");
  for (const { name } of runtimes) expect(text).toContain(`| ${name} |`);
  expect(rows.length + skipped.length).toBe(runtimes.length);
});
