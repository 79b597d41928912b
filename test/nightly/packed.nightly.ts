import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";

// The two packages as they would be published, in a stranger's folder: installed, generated with, compiled, run.
const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), "schemacast-packed-"));
/** Where the generator is installed, and where only what a program needs at run time is. */
const build = join(work, "build");
const program = join(work, "program");

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replies: [{ name: "User", value: { name: "Ada", age: 36 } }] });
  const tarballs = join(work, "tarballs");
  for (const folder of [tarballs, build, program]) mkdirSync(folder);
  await run("npm", ["pack", "--pack-destination", tarballs], { cwd: root });
  await run("npm", ["pack", "--pack-destination", tarballs, "-w", "@schemacast/runtime"], { cwd: root });
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name));
  const runtime = packed.find((name) => name.includes("schemacast-runtime"));
  if (packed.length !== 2 || runtime === undefined) throw new Error(`packed: ${packed.join(", ")}`);
  const sdk = "@cerebras/cerebras_cloud_sdk@^1.91.0";
  const typescript = ["5.4", "6.0", "7.0"].map((version) => `typescript-${version}@npm:typescript@~${version}.0`);
  await install(build, [...packed, sdk, ...typescript]);
  await install(program, [runtime, sdk]);
  cpSync(join(root, "schemas"), join(build, "schemas"), { recursive: true });
});
afterAll(async () => {
  await emulator.close();
  rmSync(work, { recursive: true, force: true });
});

async function install(folder: string, packages: readonly string[]): Promise<void> {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages], { cwd: folder });
}

/** What a version of the compiler says. */
async function compile(version: string, config: string, cwd: string): Promise<string | undefined> {
  const folder = join(build, "node_modules", `typescript-${version}`);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { bin: { tsc: string } };
  const result = await run(process.execPath, [join(folder, bin.tsc), "-p", config], { cwd }).catch((error: { stdout?: string }) => error);
  return result.stdout;
}

const strict = {
  target: "es2022",
  module: "nodenext",
  outDir: "out",
  rootDir: ".",
  types: [],
  lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
  strict: true,
  noUnusedLocals: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  declaration: true,
};

describe("in order", () => {
  test("generate", async () => {
    const { stdout } = await run("npx", ["schemacast", "generate"], { cwd: build });
    expect(stdout).toMatch(/written/);
    const { stdout: checked } = await run("npx", ["schemacast", "check"], { cwd: build });
    expect(checked).not.toMatch(/stale/);
    // The same bytes as in this repository: nothing of the machine or the folder is in them.
    for (const name of readdirSync(join(build, "generated")).filter((each) => each.endsWith(".ts"))) {
      expect(readFileSync(join(build, "generated", name), "utf8"), name).toBe(readFileSync(join(root, "generated", name), "utf8"));
    }
  });

  test.each([
    ["5.4", {}],
    ["6.0", { isolatedDeclarations: true, erasableSyntaxOnly: true }],
    ["7.0", { isolatedDeclarations: true, erasableSyntaxOnly: true }],
  ])("compile with TypeScript %s under every flag", async (version, newer) => {
    const config = { compilerOptions: { ...strict, ...newer }, include: ["generated", "schemas"] };
    const file = join(build, `tsconfig-${version}.json`);
    writeFileSync(file, JSON.stringify(config));
    expect(await compile(version, file, build)).toBe("");
  });

  test.each([
    ["5.4", {}],
    ["6.0", { isolatedDeclarations: true, erasableSyntaxOnly: true }],
    ["7.0", { isolatedDeclarations: true, erasableSyntaxOnly: true }],
  ])("target js and runtime inline: TypeScript %s finds nothing in them, libraries checked", async (version, newer) => {
    for (const [name, settings, flags] of [
      ["plain", { target: "js" }, { declaration: false, allowJs: true, checkJs: true }],
      ["inline", { runtime: "inline" }, newer],
      ["both", { target: "js", runtime: "inline" }, { declaration: false, allowJs: true, checkJs: true }],
    ] as const) {
      const project = join(build, name);
      mkdirSync(project, { recursive: true });
      writeFileSync(join(project, "package.json"), '{"type":"module"}');
      writeFileSync(join(project, "schemacast.config.json"), JSON.stringify(settings));
      cpSync(join(root, "schemas"), join(project, "schemas"), { recursive: true });
      await run("npx", ["schemacast", "generate"], { cwd: project });
      const file = join(project, `tsconfig-${version}.json`);
      const compilerOptions = { ...strict, noEmit: true, outDir: undefined, skipLibCheck: false, ...flags };
      writeFileSync(file, JSON.stringify({ compilerOptions, include: ["generated", "schemas"] }));
      expect(await compile(version, file, project), name).toBe("");
    }
  });

  test("run with nothing but the runtime and the SDK", async () => {
    cpSync(join(build, "out/generated"), join(program, "generated"), { recursive: true });
    writeFileSync(
      join(program, "main.js"),
      `import { fromProvider } from "@schemacast/runtime";
import { extractUser, streamUser } from "./generated/user.js";
const provider = fromProvider("cerebras/gpt-oss-120b", { apiKey: "k", baseURL: process.argv[2] });
const snapshots = [];
for await (const partial of streamUser("Ada is 36", provider)) snapshots.push(partial);
console.log(JSON.stringify([await extractUser("Ada is 36", provider), snapshots.at(-1)]));
`,
    );
    // No eval and no Function constructor: what a strict content policy or an edge runtime forbids.
    const flags = ["--disallow-code-generation-from-strings", join(program, "main.js"), emulator.url];
    const { stdout } = await run(process.execPath, flags, { cwd: program });
    expect(JSON.parse(stdout)).toEqual([
      { name: "Ada", age: 36 },
      { name: "Ada", age: 36 },
    ]);
  });

  test("require() of the generated modules", async () => {
    const code = `const { extractUser, isUser } = require("./generated/user.js");
const { fromProvider } = require("@schemacast/runtime");
extractUser("Ada is 36", fromProvider("cerebras/gpt-oss-120b", { apiKey: "k", baseURL: process.argv[2] })).then((user) => console.log(JSON.stringify([user, isUser(user)])));`;
    writeFileSync(join(program, "main.cjs"), code);
    const { stdout } = await run(process.execPath, ["main.cjs", emulator.url], { cwd: program });
    expect(JSON.parse(stdout)).toEqual([{ name: "Ada", age: 36 }, true]);
  });

  test("the emulator of the packed generator", async () => {
    const code = `import { startEmulator } from "schemacast/emulator";
const start = performance.now();
const emulator = await startEmulator();
const answer = await fetch(emulator.url + "/public/v1/models");
console.log(JSON.stringify([answer.status, performance.now() - start]));
await emulator.close();`;
    writeFileSync(join(build, "emulate.js"), code);
    const { stdout } = await run(process.execPath, ["emulate.js"], { cwd: build });
    const [status, milliseconds] = JSON.parse(stdout) as [number, number];
    expect(status).toBe(200);
    expect(milliseconds).toBeLessThan(1000);
  });
});
