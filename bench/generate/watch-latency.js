import { readFileSync, rmSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeInputs } from "./make-inputs.js";
import { median } from "./measure.js";

/**
 * Milliseconds from the file event to the last written byte while `watch` runs over `count` schemas: the middle of `edits` edits.
 *
 * @param {string} packageFolder of schemacast
 */
export async function watchLatency(packageFolder, count, edits = 15) {
  const { watchProject } = await import(join(packageFolder, "dist/index.js"));
  const folder = mkdtempSync(join(tmpdir(), "schemacast-watch-"));
  makeInputs(folder, count);
  const root = join(folder, "json");
  let onTurn = () => undefined;
  const watching = watchProject({ root, onTurn: (turn) => onTurn(turn) });
  await watching.ready;
  // Hashes younger than two seconds are not trusted.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const spent = [];
  for (let edit = 0; edit < edits; edit += 1) {
    const path = join(root, `schemas/Model${edit % count}.json`);
    const turn = new Promise((resolve) => (onTurn = resolve));
    writeFileSync(path, readFileSync(path, "utf8").replace(/"description": "A Model\d+[^"]*"/, `"description": "A Model, edit ${edit}."`));
    spent.push((await turn).milliseconds);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await watching.close();
  rmSync(folder, { recursive: true, force: true });
  return median(spent.slice(3));
}
