import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { makeProject, readTree, runHere } from "./run-cli.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

function project(config: object): string {
  const schemas = Object.entries(readTree(join(root, "schemas"))).map(([path, text]) => [`schemas/${path}`, text]);
  const files = { "package.json": '{"type":"module"}', "schemacast.config.json": JSON.stringify(config) };
  const folder = makeProject({ ...Object.fromEntries(schemas), ...files });
  for (const name of ["@cerebras", "@schemacast"]) symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  return folder;
}

const program = `import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
const seen = [];
for (const file of readdirSync(new URL("generated/", import.meta.url)).filter((name) => name.endsWith(".mock.js"))) {
  const mock = await import("./generated/" + file);
  const main = await import("./generated/" + file.replace(".mock", ""));
  for (const client of Object.keys(mock).filter((name) => /^mock.*Client$/.test(name))) {
    const type = client.slice(4, -6);
    const value = Object.keys(mock).find((name) => name.endsWith("Samples") && name.toLowerCase() === type.toLowerCase() + "samples").slice(0, -7);
    const samples = mock[value + "Samples"]();
    const isSample = (found) => samples.some((sample) => { try { assert.deepEqual(found, sample); return true; } catch { return false; } });
    const { value: one, attempts, usage } = await mock["mockExtract" + type]("a text").withDetails();
    assert.ok(isSample(one), client);
    assert.equal(attempts.length, 1);
    assert.ok(usage.totalTokens > 0);
    assert.deepEqual(await mock["mockExtract" + type]("a text"), one, "the same input, the same sample");
    const many = await mock["mockExtract" + type + "List"]("a text");
    assert.equal(many.length, samples.length);
    assert.ok(many.every(isSample));
    let snapshots = 0;
    const stream = mock["mockStream" + type]("a text");
    for await (const _ of stream) snapshots += 1;
    assert.ok(isSample(await stream.result));
    for await (const item of mock["mockStream" + type + "List"]("a text")) assert.ok(isSample(item));
    for (const mode of ["json_schema", "json_object"]) assert.ok(isSample(await main["extract" + type]("a text", { client: mock[client](), mode })), mode);
    let told = 0;
    for (const { value: wrong, breaks, path } of mock[value + "NearMisses"]()) {
      assert.equal(main["is" + type](wrong), false, client + " " + breaks + " " + path);
      const options = { client: mock[client]([wrong, JSON.parse(JSON.stringify(samples[0]))]), repair: "strict", hooks: { onValidationError: () => void (told += 1) } };
      const details = await main["extract" + type]("a text", options).withDetails();
      assert.deepEqual(details.value, samples[0]);
    }
    seen.push([type, snapshots, told]);
  }
}
console.log(JSON.stringify(seen));
`;

test("mocks answer through the real runtime: samples, lists, streams, modes, and near misses that are re-asked", async () => {
  const folder = project({ target: "js" });
  expect((await runHere(["generate", "--mocks"], { cwd: folder })).exitCode).toBe(0);
  writeFileSync(join(folder, "main.js"), program);
  const { stdout } = await run(process.execPath, [join(folder, "main.js")], { env: { ...process.env, CEREBRAS_API_KEY: "" } });
  const seen = JSON.parse(stdout) as [string, number, number][];
  expect(seen.map(([type]) => type)).toEqual(expect.arrayContaining(["User", "Order", "Money", "FileTree", "Glossary"]));
  expect(seen.filter(([, snapshots]) => snapshots > 2).length).toBeGreaterThan(10);
  expect(seen.reduce((sum, [, , told]) => sum + told, 0)).toBeGreaterThan(50);
});

test("mocks compile beside what they mock, with an inline runtime and other names too", async () => {
  for (const config of [{ mocks: true }, { mocks: true, runtime: "inline", naming: { type: "{Type}Dto", extract: "read{Type}" } }]) {
    const folder = project(config);
    expect((await runHere(["generate"], { cwd: folder })).exitCode).toBe(0);
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
      types: [],
      strict: true,
      noUnusedLocals: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      isolatedDeclarations: true,
      declaration: true,
      noEmit: true,
      preserveSymlinks: true,
      skipLibCheck: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["generated", "schemas"] }));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const found = await run(process.execPath, [tsc, "-p", folder, "--pretty", "false"]).catch((error: { stdout: string }) => error);
    expect(found.stdout).toBe("");
  }
});

test("without --mocks they go again; a schema without a sample is told", async () => {
  const folder = project({ include: ["user.schema.json", "odd.json"] });
  writeFileSync(
    join(folder, "schemas/odd.json"),
    '{ "type": "object", "required": ["a"], "properties": { "a": { "type": "string", "pattern": "^(?=a)b" } } }',
  );
  const first = await runHere(["generate", "--mocks"], { cwd: folder });
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stderr).toContain("schemas/odd.json:1:1 warning emit/no-sample");
  expect(readFileSync(join(folder, "generated/user.mock.ts"), "utf8")).toContain("export function mockExtractUser<C = unknown>");
  const second = await runHere(["generate"], { cwd: folder });
  expect(second.stdout).toContain("- generated/user.mock.ts");
});
