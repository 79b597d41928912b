import { spawn } from "node:child_process";
import { existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { makeProject, readTree, runHere } from "../cli/run-cli.js";

const program = fileURLToPath(new URL("../../bin/schemacast.js", import.meta.url));
const rounds = Number(process.env["SCHEMACAST_KILLS"] ?? 200);
const names = Array.from({ length: 12 }, (_, index) => `s${index}`);

function schemaText(version: number): string {
  const properties = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`field${version}_${index}`, { type: "string" }]));
  return JSON.stringify({ type: "object", properties, required: Object.keys(properties), additionalProperties: false });
}

/** A deterministic stream of numbers in 0..1, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface KillMoment {
  /** Count from the start of the process, or from the first change in the output folder: the lock, then the writing. */
  readonly from: "start" | "first-change";
  readonly milliseconds: number;
}

/** Runs generate and kills it at a moment, unless it ends before. */
function runAndKill(root: string, { from, milliseconds }: KillMoment): Promise<"killed" | "ended"> {
  const { NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env;
  const child = spawn(process.execPath, [program, "generate"], { cwd: root, env, stdio: "ignore" });
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => void (timer ??= setTimeout(() => child.kill("SIGKILL"), milliseconds));
  // Staging writes temporary files: the first one tells that loading is over.
  const watcher = watch(join(root, "generated"), (_event, file) => void (file?.endsWith("ts.schemacast-tmp") === true && arm()));
  if (from === "start") arm();
  return new Promise((resolve) => {
    child.on("close", (_code, signal) => {
      clearTimeout(timer);
      watcher.close();
      resolve(signal === null ? "ended" : "killed");
    });
  });
}

/** What every file is in each version, made by undisturbed runs. */
async function expectedTrees(root: string, versions: number): Promise<readonly Readonly<Record<string, string>>[]> {
  const trees: Readonly<Record<string, string>>[] = [];
  for (let version = 0; version < versions; version += 1) {
    for (const name of names) writeFileSync(join(root, `schemas/${name}.json`), schemaText(version));
    expect(await runHere(["generate", "--force"], { cwd: root })).toMatchObject({ exitCode: 0 });
    trees.push(readTree(join(root, "generated")));
  }
  return trees;
}

test(
  `after a kill at any of ${rounds} moments each file is old or new, and the next run is right`,
  async () => {
    const files = Object.fromEntries(names.map((name) => [`schemas/${name}.json`, schemaText(0)]));
    const root = makeProject(files);
    const trees = await expectedTrees(makeProject(files), 3);
    await runHere(["generate"], { cwd: root });
    const started = performance.now();
    for (const name of names) writeFileSync(join(root, `schemas/${name}.json`), schemaText(1));
    await runAndKill(root, { from: "start", milliseconds: 600_000 });
    const duration = performance.now() - started;
    const next = random(7);
    let killed = 0;
    let midway = 0;
    for (let round = 0; round < rounds; round += 1) {
      const version = round % trees.length;
      for (const name of names) writeFileSync(join(root, `schemas/${name}.json`), schemaText(version));
      // Most of a run is loading: two of three kills aim at the writing.
      const moment: KillMoment =
        round % 3 === 0 ? { from: "start", milliseconds: duration * 1.1 * next() } : { from: "first-change", milliseconds: 12 * next() };
      const outcome = await runAndKill(root, moment);
      if (outcome === "killed") killed += 1;
      const left = readTree(join(root, "generated"));
      for (const [path, text] of Object.entries(left)) {
        if (path.endsWith(".ts"))
          expect(
            trees.some((tree) => tree[path] === text),
            `${path} after round ${round}`,
          ).toBe(true);
      }
      if (existsSync(join(root, "generated/.schemacast.journal"))) midway += 1;
      // Every other time the schemas move on before anybody repairs.
      if (round % 2 === 0) continue;
      const repaired = await runHere(["generate"], { cwd: root });
      expect(repaired, `round ${round}`).toMatchObject({ exitCode: 0, stderr: "" });
      expect(readTree(join(root, "generated"))).toEqual(trees[version]);
      expect(readFileSync(join(root, "generated/.schemacast.json"), "utf8")).not.toContain(".schemacast-tmp");
    }
    process.stdout.write(`kill test: ${rounds} runs, ${killed} killed, ${midway} of them with a journal left\n`);
    expect(killed).toBeGreaterThan(rounds / 4);
  },
  60 * 60_000,
);
