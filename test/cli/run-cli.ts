import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { runArguments } from "../../src/cli/run.js";

export const program: string = fileURLToPath(new URL("../../bin/schemacast.js", import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** User to run as; root only. */
  readonly uid?: number;
  /** Interrupts the process when its output fits. */
  readonly stopWhen?: (stdout: string) => boolean;
}

/** Runs the real program in a process of its own. */
export function runCli(args: readonly string[], { cwd = tmpdir(), env = {}, uid, stopWhen }: CliOptions = {}): Promise<CliRun> {
  // The certificate bundle costs 45 ms of every start on Node 20 and nothing here speaks TLS.
  const { NODE_EXTRA_CA_CERTS: _certificates, NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid !== undefined && { uid }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (stopWhen?.(stdout) === true) child.kill("SIGINT");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Runs a command line in this process, with everything real but the process: for tests about what it does, not how it starts. */
export async function runHere(args: readonly string[], { cwd = tmpdir(), env = {} }: CliOptions = {}): Promise<CliRun> {
  let stdout = "";
  let stderr = "";
  const exitCode = await runArguments(args, {
    cwd,
    environment: env,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { exitCode, stdout, stderr };
}

/** A temporary project with these files; removed when the test ends. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "schemacast-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Where schemacast keeps its caches.
  mkdirSync(join(folder, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Every file below a folder with its text, in order of path, caches left out. */
export function readTree(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith("node_modules"))
    .toSorted();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
