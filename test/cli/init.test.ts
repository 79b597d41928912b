import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeProject, readTree, runHere } from "./run-cli.js";

/** What the files of a project are after `init --yes`, parsed where they are JSON; the second `init` finds nothing to do. */
async function afterInit(files: Readonly<Record<string, string>>, folder = "."): Promise<(path: string) => unknown> {
  const root = makeProject(files);
  const cwd = join(root, folder);
  expect(await runHere(["init", "--yes"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
  expect((await runHere(["init"], { cwd })).stdout).toContain("Everything is set up already.");
  return (path) => {
    const text = readFileSync(join(root, path), "utf8");
    return /\.jsonc?$|rc$/.test(path) ? JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")) : text;
  };
}

async function said(files: Readonly<Record<string, string>>): Promise<string> {
  return (await runHere(["init"], { cwd: makeProject(files) })).stdout;
}

test("init leaves a package where the project has it", async () => {
  const root = makeProject({
    "package.json": '{ "dependencies": { "schemacast": "^0.1.0" }, "peerDependencies": { "@cerebras/cerebras_cloud_sdk": "*" } }\n',
  });
  await runHere(["init", "--yes"], { cwd: root });
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, object>;
  expect(manifest).not.toHaveProperty("devDependencies");
  expect(Object.keys(manifest["dependencies"] ?? {}).toSorted()).toEqual(["@schemacast/runtime", "schemacast"]);
});

test("what is needed at run time does not belong to devDependencies, unless a bundler takes it in", async () => {
  const runtime = '"@schemacast/runtime": "^0.1.0"';
  const told = "imports @schemacast/runtime when it runs: move it from devDependencies to dependencies";
  expect(await said({ "package.json": `{ "devDependencies": { ${runtime} } }` })).toContain(told);
  expect(await said({ "package.json": `{ "devDependencies": { ${runtime} }, "dependencies": { ${runtime} } }` })).not.toContain(
    "devDependencies to",
  );
  expect(await said({ "package.json": `{ "devDependencies": { ${runtime}, "vite": "^8.0.0" } }` })).not.toContain("devDependencies to");
});

test("init shows its plan, does it with --yes, and is content the second time; what it makes generates", async () => {
  const root = makeProject({
    "package.json": '{\n    "name": "shop",\n    "scripts": {\n        "test": "vitest"\n    }\n}\n',
    "tsconfig.json": "{}",
    "turbo.json": '{\n  "tasks": { "build": {} }\n}\n',
    ".prettierrc": "{}",
  });
  const before = readTree(root);
  const shown = await runHere(["init"], { cwd: root });
  expect(shown.stdout).toContain("+ schemacast.config.ts");
  expect(shown.stdout).toContain("init --yes");
  expect(readTree(root)).toEqual(before);
  expect(await runHere(["init", "--yes"], { cwd: root })).toMatchObject({ exitCode: 0 });
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  expect(JSON.parse(manifest)).toMatchObject({
    name: "shop",
    scripts: { test: "vitest", generate: "schemacast generate" },
    devDependencies: { schemacast: expect.any(String) },
  });
  expect(manifest).toContain('\n        "generate"');
  expect(JSON.parse(readFileSync(join(root, "turbo.json"), "utf8"))).toMatchObject({
    tasks: { build: {}, generate: { outputs: ["generated/**", "!generated/.schemacast.lock", "!generated/.schemacast.journal"] } },
  });
  expect(readFileSync(join(root, ".prettierignore"), "utf8")).toBe("generated/\n");
  expect((await runHere(["init"], { cwd: root })).stdout).toContain("Everything is set up already");
  expect((await runHere(["generate"], { cwd: root })).stdout).toContain("1 written");
});

test("--dry-run and a terminal that nobody sits at change nothing, and show the lines that a file gets", async () => {
  const root = makeProject({ "package.json": '{\n  "name": "shop"\n}\n', "biome.json": "{}" });
  const before = readTree(root);
  for (const args of [["init", "--dry-run"], ["init"], ["init", "--yes", "--dry-run"]]) {
    const { exitCode, stdout } = await runHere(args, { cwd: root });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Nothing was changed");
    expect(stdout).toMatch(
      /^~ package\.json .*\n +\+ "name": "shop",\n|^~ package\.json .*\n +\+ "scripts": \{\n +\+ "generate": "schemacast generate",/m,
    );
    expect(readTree(root)).toEqual(before);
  }
});

async function type(files: Readonly<Record<string, string>>): Promise<unknown> {
  return ((await afterInit(files))("package.json") as { type?: string }).type;
}

test("a new package becomes one of ES modules; one that has code, or a bundler, stays what it is", async () => {
  expect(await type({ "package.json": "{}" })).toBe("module");
  // What npm init writes today.
  expect(await type({ "package.json": '{ "type": "commonjs", "main": "index.js" }', "tsconfig.json": "{}" })).toBe("module");
  expect(await type({ "package.json": '{ "type": "commonjs" }', "index.js": "module.exports = {};" })).toBe("commonjs");
  expect(await type({ "package.json": "{}", "src/main.ts": "export {};" })).toBeUndefined();
  expect(await type({ "package.json": '{ "devDependencies": { "vite": "^8" } }' })).toBeUndefined();
  expect(await type({ "package.json": "{}", "tsconfig.json": '{ "compilerOptions": { "moduleResolution": "Bundler" } }' })).toBeUndefined();
  expect(await said({ "package.json": "{}", "index.js": "" })).toContain('does not say `"type": "module"`');
  expect(await said({ "package.json": '{ "type": "module" }', "index.js": "" })).not.toContain("ES modules");
  expect(await said({ "package.json": '{ "dependencies": { "next": "16" } }', "app/page.tsx": "" })).not.toContain("ES modules");
});

async function config(files: Readonly<Record<string, string>>, path: string): Promise<unknown> {
  return (await afterInit(files))(path);
}

test("what a package says of the code in it decides what is generated", async () => {
  // npm init -y, and nothing else: Node 20 reads no TypeScript.
  expect(await config({ "package.json": "{}" }, "schemacast.config.mjs")).toContain('target: "js"');
  expect(await config({ "package.json": "{}", "tsconfig.json": "{}" }, "schemacast.config.ts")).not.toContain("target");
  expect(await config({ "package.json": '{ "devDependencies": { "typescript": "6" } }' }, "schemacast.config.mjs")).not.toContain("target");
  expect(await config({ "package.json": '{ "devDependencies": { "vite": "8" } }' }, "schemacast.config.mjs")).not.toContain("target");
  expect(await config({ "package.json": "{}", "schemas/user.ts": "" }, "schemacast.config.mjs")).not.toContain("target");
  for (const option of ["allowImportingTsExtensions", "rewriteRelativeImportExtensions"]) {
    const byTs = { "package.json": "{}", "tsconfig.json": `{ "compilerOptions": { "${option}": true } }` };
    expect(await config(byTs, "schemacast.config.ts")).toContain('importExtension: "ts"');
  }
  const next = { "package.json": '{ "dependencies": { "next": "16" } }', "tsconfig.json": "{}" };
  expect(await config(next, "schemacast.config.ts")).toContain('importExtension: "none"');
});

test("a line that goes is shown with what comes in its place", async () => {
  const shown = await said({ "package.json": '{\n  "name": "shop",\n  "type": "commonjs"\n}\n' });
  expect(shown).toContain('    - "type": "commonjs"\n');
  expect(shown).toContain('    + "type": "module",\n');
  expect(shown).not.toContain('"name"');
});

test("every formatter and linter that is in use leaves the output alone", async () => {
  const at = await afterInit({
    "package.json": '{ "type": "module", "devDependencies": { "prettier": "3" } }',
    ".eslintrc.cjs": "",
    "biome.jsonc": '{\n  // ours\n  "files": { "includes": ["**", "!dist"] }\n}\n',
    ".oxlintrc.json": '{ "ignorePatterns": ["dist/**"] }',
    ".oxfmtrc.json": "{}",
    "dprint.json": '{ "excludes": ["**/node_modules"] }',
  });
  expect(at(".prettierignore")).toBe("generated/\n");
  expect(at(".eslintignore")).toBe("generated/\n");
  expect(at("biome.jsonc")).toMatchObject({ files: { includes: ["**", "!dist", "!generated"] } });
  expect(at(".oxlintrc.json")).toEqual({ ignorePatterns: ["dist/**", "generated/**"] });
  expect(at(".oxfmtrc.json")).toEqual({ ignorePatterns: ["generated/**"] });
  expect(at("dprint.json")).toEqual({ excludes: ["**/node_modules", "generated/**"] });
  const first = await afterInit({ "package.json": "{}", "biome.json": '{ "$schema": "https://biomejs.dev/schemas/1.9.4/schema.json" }' });
  expect(first("biome.json")).toMatchObject({ files: { ignore: ["generated/**"] } });
  const fresh = await afterInit({ "package.json": "{}", "biome.json": "{}" });
  expect(fresh("biome.json")).toEqual({ files: { includes: ["**", "!generated"] } });
  expect(await said({ "package.json": "{}", "eslint.config.mjs": "" })).toContain('In eslint.config.mjs add `{ ignores: ["generated/"] }`');
});

test("Nx and Turborepo get a cached task, in a package of a monorepo too", async () => {
  const nx = await afterInit({ "nx.json": "{}", "packages/a/package.json": '{ "type": "module" }' }, "packages/a");
  expect(nx("packages/a/package.json")).toMatchObject({
    nx: { targets: { generate: { cache: true, outputs: ["{projectRoot}/generated"] } } },
  });
  const project = await afterInit({ "nx.json": "{}", "package.json": '{ "type": "module" }', "project.json": '{ "name": "a" }' });
  expect(project("project.json")).toMatchObject({ name: "a", targets: { generate: { command: "schemacast generate" } } });
  const turbo = await afterInit({ "turbo.json": "{}", "packages/a/package.json": '{ "type": "module" }' }, "packages/a");
  expect(turbo("packages/a/turbo.json")).toMatchObject({
    extends: ["//"],
    tasks: { generate: { inputs: expect.arrayContaining(["schemas/**"]) } },
  });
  expect(turbo("turbo.json")).toEqual({});
  const old = await afterInit({ "turbo.json": '{ "pipeline": { "build": {} } }', "package.json": '{ "type": "module" }' });
  expect(old("turbo.json")).toMatchObject({ pipeline: { build: {}, generate: {} } });
});

test("in a repository of Git the output is marked as generated, also from a package inside it", async () => {
  const root = makeProject({ "packages/a/package.json": "{}", "packages/a/.gitattributes": "*.png binary\r\n" });
  execFileSync("git", ["init", "-q"], { cwd: root });
  await runHere(["init", "--yes"], { cwd: join(root, "packages/a") });
  expect(readFileSync(join(root, "packages/a/.gitattributes"), "utf8")).toBe(
    "*.png binary\r\ngenerated/** text eol=lf linguist-generated\r\n",
  );
});

test("where the compiler only looks at src/, that is where everything goes", async () => {
  const at = await afterInit({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": '{\n  // strict\n  "compilerOptions": { "rootDir": "./src", "outDir": "dist" },\n}\n',
    ".prettierrc": "{}",
  });
  expect(at("schemacast.config.ts")).toContain('input: "src/schemas"');
  expect(at("src/schemas/person.schema.json")).toMatchObject({ title: "Person" });
  expect(at(".prettierignore")).toBe("src/generated/\n");
  const files = { "package.json": '{ "type": "module" }', "schemas/a.json": "{}" };
  const outside = '"rootDir": "src", and generated/ lies outside of it';
  expect(await said({ ...files, "tsconfig.json": '{ "compilerOptions": { "rootDir": "src" } }' })).toContain(outside);
  expect(await said({ ...files, "tsconfig.json": '{ "include": ["src"] }' })).toContain('add "generated" to its "include"');
  expect(await said({ ...files, "tsconfig.json": "{}" })).not.toContain("tsconfig");
});

test("a folder without a schema gets a first one", async () => {
  const read = await afterInit({ "schemas/.gitkeep": "", "schemas/README.md": "Schemas.\n" });
  expect(read("schemas/person.schema.json")).toMatchObject({ title: "Person" });
  expect(await said({ "schemas/user.ts": "export interface User { name: string }\n" })).not.toContain("person.schema.json");
});

test("a configuration that is there decides about the folders", async () => {
  const at = await afterInit({
    "package.json": '{ "type": "module", "prettier": {} }',
    "schemacast.config.json": '{ "jobs": [{ "input": "api", "output": "gen/api" }, { "input": "mail", "output": "gen/mail" }] }',
    "api/a.json": "{}",
  });
  expect(at(".prettierignore")).toBe("gen/api/\ngen/mail/\n");
});

test("what can't be read is left alone, and what is taken is told", async () => {
  expect(await said({})).toContain("There is no package.json here");
  expect(await said({ "package.json": "{", "biome.json": "{ nonsense" })).toContain("package.json is not well-formed JSON");
  const other = await said({ "package.json": '{ "type": "module", "scripts": { "generate": "prisma generate" } }' });
  expect(other).toContain('a script "generate" of its own: add `schemacast generate` to it');
  expect(await said({ "package.json": "{}", "pnpm-lock.yaml": "" })).toContain("Then run `pnpm install`.");
  const root = makeProject({ "package.json": "{}", "biome.json": "{ nonsense" });
  mkdirSync(join(root, "schemas"));
  await runHere(["init", "--yes"], { cwd: root });
  expect(readTree(root)["biome.json"]).toBe("{ nonsense");
});
