import { execFile, execFileSync, type ExecFileException } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuiltSuite } from "./build-suite.js";
import { openPage } from "./chromium.js";
import { type ControlServer, startControlServer } from "./control-server.js";
import type { SuiteResult } from "./suite.js";

const home = fileURLToPath(new URL(".", import.meta.url));

/** Something that runs JavaScript. */
export interface Runtime {
  readonly name: string;
  /** How the suite is run in it, for the table. */
  readonly how: string;
  /** Whether it was told not to make code of strings, or never does. */
  readonly evalForbidden: boolean;
  /** The version that is here. @throws {Error} it is not here, or does not run */
  version(): string;
  /** Runs the suite in it. @throws {Error} it could not be run; what failed in the suite is in the result */
  run(suite: BuiltSuite): Promise<SuiteResult>;
}

const node = (major: number): Runtime => ({
  name: `Node ${major}`,
  how: "as a process, `--disallow-code-generation-from-strings`",
  evalForbidden: true,
  version: () => versionOf(program(`node-${major}/bin/node`), /v(.+)/),
  run: (suite) => inProcess(program(`node-${major}/bin/node`), ["--disallow-code-generation-from-strings", suite.module], suite),
});

/** All runtimes of docs/runtimes.md, in its order. */
export const runtimes: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  {
    name: "Bun",
    how: "as a process",
    evalForbidden: false,
    version: () => versionOf(bun(), /(.+)/),
    run: (suite) => inProcess(bun(), ["run", suite.module], suite),
  },
  {
    name: "Deno",
    how: "as a process, `--v8-flags=--disallow-code-generation-from-strings`, packages from `node_modules`",
    evalForbidden: true,
    version: () => versionOf(deno(), /deno (\S+)/),
    run: (suite) => {
      const flags = ["--quiet", "--allow-all", "--no-lock", "--v8-flags=--disallow-code-generation-from-strings"];
      return inProcess(deno(), ["run", ...flags, suite.module], suite);
    },
  },
  {
    name: "workerd",
    how: "bundled, without `nodejs_compat`",
    evalForbidden: true,
    version: () => versionOf(program("@cloudflare/workerd-linux-64/bin/workerd"), /workerd (\S+)/),
    run: inWorkerd,
  },
  {
    name: "Chromium",
    how: "bundled, a page whose content security policy has no `unsafe-eval`",
    evalForbidden: true,
    version: () => versionOf("/usr/bin/chromium", /Chromium (\S+)/),
    run: inChromium,
  },
];

const bun = (): string => program("@oven/bun-linux-x64/bin/bun");
const deno = (): string => program("@deno/linux-x64-glibc/deno");

/** The packages' own launchers need a postinstall script; the platform package holds the program itself. */
function program(path: string): string {
  return join(home, "node_modules", path);
}

function versionOf(path: string, pattern: RegExp): string {
  if (!existsSync(path)) throw new Error(`${path.startsWith(home) ? path.slice(home.length) : path} is not here`);
  const text = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return pattern.exec(text)?.[1]?.trim() ?? text.trim();
}

/** Runs a program until it ends; its output is the reason where no result was posted. */
async function inProcess(path: string, args: readonly string[], { folder }: BuiltSuite): Promise<SuiteResult> {
  await using control = await startControlServer();
  return await exchange(control, path, [...args, control.url], folder);
}

async function exchange(control: ControlServer, path: string, args: readonly string[], folder: string): Promise<SuiteResult> {
  // Nothing of this machine's keys or caches: what is tested is the runtime alone.
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  const ended = new Promise<never>((_, reject) => {
    execFile(path, args, { cwd: folder, env, timeout: 120_000 }, (error: ExecFileException | null, stdout, stderr) => {
      // A result that was posted has settled the race before the process could end.
      reject(new Error(`ended without a result (${String(error?.signal ?? error?.code ?? 0)}):\n${stdout}\n${stderr}`));
    });
  });
  return Promise.race([control.result, ended]);
}

async function inWorkerd(suite: BuiltSuite): Promise<SuiteResult> {
  await using control = await startControlServer();
  const folder = join(suite.folder, "workerd");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "worker.js"), await suite.bundle("worker", ["workerd", "worker", "browser"]));
  writeFileSync(join(folder, "config.capnp"), workerdConfig(control.url));
  return await exchange(control, program("@cloudflare/workerd-linux-64/bin/workerd"), ["test", "config.capnp"], folder);
}

/** Loopback is a private network, which a Worker may not reach unless it is told so. */
function workerdConfig(control: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
  bindings = [(name = "CONTROL", text = ${JSON.stringify(control)})],
);
`;
}

async function inChromium(suite: BuiltSuite): Promise<SuiteResult> {
  await using control = await startControlServer(await suite.bundle("page", ["browser"]));
  await using page = await openPage(createRequire(join(home, "package.json")), control.url);
  return await Promise.race([control.result, page.failed]);
}
