import { execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { makeProject, readTree, runHere } from "./run-cli.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** The schemas of this repository in a project that has the SDK, and no runtime. */
function project(config: object): string {
  const schemas = Object.entries(readTree(join(root, "schemas"))).flatMap(([path, text]) => [
    [`schemas/${path}`, text],
    [`schemas/deep/er/${path}`, text],
  ]);
  const files = { "package.json": '{"type":"module"}', "schemacast.config.json": JSON.stringify(config) };
  const folder = makeProject({ ...Object.fromEntries(schemas), ...files });
  symlinkSync(join(root, "node_modules/@cerebras"), join(folder, "node_modules/@cerebras"));
  return folder;
}

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
  types: [],
  strict: true,
  skipLibCheck: false,
  noUnusedLocals: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
  declaration: true,
};

async function compile(folder: string, options: object): Promise<string> {
  const config = { compilerOptions: { ...compilerOptions, rootDir: ".", ...options }, include: ["*.ts", "generated", "schemas"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  return run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"]).then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
}

const program = `import { ExtractionError, fromProvider } from "./generated/runtime/index.js";
import { extractUser, streamUser } from "./generated/user.js";
import { extractFileTree } from "./generated/deep/er/file-tree.js";
import { extractContact } from "./generated/contact.js";
const provider = fromProvider("cerebras/gpt-oss-120b", { apiKey: "k", baseURL: process.argv[2] ?? "" });
const names = [];
for await (const partial of streamUser("Ada is 36", provider)) names.push(partial.name);
console.log(JSON.stringify([await extractUser("Ada is 36", provider), names.at(-1)]));
console.log(typeof (await extractFileTree("a tree", provider)), typeof (await extractContact("a contact", provider)));
console.log(await extractUser("x", { ...provider, maxCompletionTokens: -1 }).catch((error) => error instanceof ExtractionError));
`;

async function runProgram(file: string): Promise<string> {
  const emulator = await startEmulator({ replies: [{ name: "User", value: { name: "Ada", age: 36 } }] });
  try {
    return (await run(process.execPath, ["--disallow-code-generation-from-strings", file, emulator.url])).stdout;
  } finally {
    await emulator.close();
  }
}

const said = '[{"name":"Ada","age":36},"Ada"]\nobject object\ntrue\n';

describe("runtime inline: generated code needs only the SDK", () => {
  test("as TypeScript, compiled by tsc under every flag", async () => {
    const folder = project({ runtime: "inline" });
    expect(await runHere(["generate"], { cwd: folder })).toMatchObject({ exitCode: 0 });
    writeFileSync(
      join(folder, "main.ts"),
      `declare const process: { argv: string[] };\ndeclare const console: { log(...said: unknown[]): void };\n${program}`,
    );
    expect(await compile(folder, { outDir: "out" })).toBe("");
    expect(await runProgram(join(folder, "out/main.js"))).toBe(said);
    const texts = Object.values(readTree(join(folder, "generated")));
    expect(texts.filter((text) => /(?:from |import\()"@schemacast/.test(text))).toEqual([]);
  });

  test("as JavaScript, run as it stands", async () => {
    const folder = project({ runtime: "inline", target: "js" });
    expect(await runHere(["generate"], { cwd: folder })).toMatchObject({ exitCode: 0 });
    writeFileSync(join(folder, "main.js"), program);
    expect(await runProgram(join(folder, "main.js"))).toBe(said);
    expect(await compile(folder, { noEmit: true })).toBe("");
  });

  test("imports end as configured", async () => {
    const folder = project({ runtime: "inline", importExtension: "ts", include: ["**/user.schema.json"] });
    expect(await runHere(["generate"], { cwd: folder })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(folder, "generated/deep/er/user.ts"), "utf8")).toContain('import * as $ from "../../runtime/v1.ts";');
    expect(readFileSync(join(folder, "generated/runtime/index.ts"), "utf8")).toContain('export * from "./v1.ts";');
    expect(await compile(folder, { noEmit: true, allowImportingTsExtensions: true })).toBe("");
  });
});

test("the copy is an output like others: checked, edits are told, gone when it is no longer wanted", async () => {
  const folder = project({ runtime: "inline", include: ["user.schema.json"], header: "Owner: us" });
  await runHere(["generate"], { cwd: folder });
  const index = join(folder, "generated/runtime/index.ts");
  expect(readFileSync(index, "utf8")).toMatch(/^\/\/ @generated by schemacast from @schemacast\/runtime\. Do not edit\.\n\/\/ Owner: us\n/);
  expect(await runHere(["check"], { cwd: folder })).toMatchObject({ exitCode: 0 });
  expect((await runHere(["generate"], { cwd: folder })).stdout).toMatch(/^2 up to date/);

  appendFileSync(index, "// mine\n");
  const edited = await runHere(["generate"], { cwd: folder });
  expect(edited).toMatchObject({ exitCode: 1 });
  expect(edited.stderr).toContain("generated/runtime/index.ts:1:1 error write/edited-output");
  await runHere(["generate", "--force"], { cwd: folder });
  rmSync(index);
  expect((await runHere(["check"], { cwd: folder })).stderr).toContain("write/missing");
  await runHere(["generate"], { cwd: folder });
  expect(await runHere(["check"], { cwd: folder })).toMatchObject({ exitCode: 0 });

  writeFileSync(join(folder, "schemacast.config.json"), JSON.stringify({ include: ["user.schema.json"] }));
  await runHere(["generate"], { cwd: folder });
  expect(Object.keys(readTree(join(folder, "generated")))).toEqual([".schemacast.json", "user.codec.ts", "user.ts"]);
});

test("the runtime is a few files, each of which can be loaded first, and which hold under the strictest flags", async () => {
  const folder = project({ runtime: "inline", target: "js", include: ["user.schema.json"] });
  await runHere(["generate"], { cwd: folder });
  const names = Object.keys(readTree(join(folder, "generated/runtime"))).filter((name) => name.endsWith(".js"));
  expect(names.length).toBeGreaterThan(5);
  expect(names.length).toBeLessThanOrEqual(24);
  for (const name of names) await run(process.execPath, [join(folder, "generated/runtime", name)]);
  // The joined text itself, without the line that keeps it from the project's flags.
  const joined = join(root, "dist/inline-runtime");
  const files = names.map((name) => join(joined, name.replace(/js$/, "ts")));
  const flags = { ...compilerOptions, noUnusedParameters: true, noImplicitOverride: true, noFallthroughCasesInSwitch: true, noEmit: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: flags, files }));
  await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]);
});

test("a program carries no more of the copy than of the modules it was joined of, and loads as late what it needs late", async () => {
  const folder = project({ runtime: "inline", include: ["user.schema.json"] });
  writeFileSync(join(folder, "package.json"), '{"type":"module","sideEffects":false}');
  await runHere(["generate"], { cwd: folder });
  symlinkSync(join(root, "node_modules/@schemacast"), join(folder, "node_modules/@schemacast"));
  for (const name of ["extractUser", "streamUser"]) {
    const copy = await firstLoad(`export { ${name} } from "./generated/user.js";`, folder);
    const ofModules = await firstLoad(`export { ${name} } from ${JSON.stringify(join(root, "generated/user.ts"))};`, folder, modules);
    expect(copy, name).toBeGreaterThan(2_000);
    expect(copy, name).toBeLessThan(ofModules * 1.05);
  }
});

test.each([
  ["errors", "index", "TimeoutError, ApiError"],
  ["a choice", "index", "extractOneOf"],
  ["many documents", "index", "extractEach"],
  ["a client on fetch", "fetch", "fetchClient"],
  ["ready-made checks", "index", "quoteIn, sumOf"],
])("so it is with what people import of the package: %s", async (_, entry, names) => {
  const load = (where: string): Promise<number> =>
    firstLoad(`export { extract } from "${where}v1.js"; export { ${names} } from "${where}${entry}.js";`, join(root, "src"));
  const ofModules = await load(modules);
  expect(ofModules).toBeGreaterThan(5_000);
  expect(await load(join(root, "src/runtime/dist/"))).toBeLessThan(ofModules * 1.3);
});

const modules = join(root, "src/runtime/dist/modules/");

/** Bytes, minified and compressed, that are loaded before anything is called. @param runtime takes the place of the package */
async function firstLoad(contents: string, resolveDir: string, runtime?: string): Promise<number> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    write: false,
    format: "esm",
    platform: "node",
    external: ["@cerebras/*"],
    ...(runtime !== undefined && { alias: { "@schemacast/runtime/v1": `${runtime}v1.js` } }),
    outdir: join(resolveDir, "out"),
    absWorkingDir: resolveDir,
    logLevel: "error",
  });
  const loaded = new Set(["out/stdin.js"]);
  for (const file of loaded)
    for (const { kind, path } of metafile.outputs[file]?.imports ?? []) if (kind === "import-statement") loaded.add(path);
  const texts = outputFiles.filter(({ path }) => loaded.has(path.slice(resolveDir.length + 1)));
  return texts.reduce((bytes, { contents: text }) => bytes + gzipSync(text).length, 0);
}

test("a copy of many small files, as it was before, is taken away", async () => {
  const folder = project({ runtime: "inline", include: ["user.schema.json"] });
  await runHere(["generate"], { cwd: folder });
  const old = "// @generated by schemacast from @schemacast/runtime. Do not edit.\nexport {};\n";
  mkdirSync(join(folder, "generated/runtime/call"), { recursive: true });
  for (const name of ["extract.ts", "call/answer.ts"]) writeFileSync(join(folder, "generated/runtime", name), old);
  writeFileSync(join(folder, "generated/runtime/mine.ts"), "export {};\n");
  const { stderr } = await runHere(["check"], { cwd: folder });
  expect(stderr).toContain("generated/runtime/extract.ts");
  expect(await runHere(["generate"], { cwd: folder })).toMatchObject({ exitCode: 0 });
  const left = Object.keys(readTree(join(folder, "generated/runtime")));
  expect(left.filter((name) => name.includes("/") || name === "extract.ts")).toEqual([]);
  expect(left).toContain("mine.ts");
  expect(existsSync(join(folder, "generated/runtime/call"))).toBe(false);
});

test("doctor is content without the package", async () => {
  const folder = project({ runtime: "inline", include: ["user.schema.json"] });
  const { stdout } = await runHere(["doctor", "--offline"], { cwd: folder });
  expect(stdout).toMatch(/ok schemacast \S+, runtime inline/);
});
