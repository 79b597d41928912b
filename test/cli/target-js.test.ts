import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { makeProject, readTree, runHere } from "./run-cli.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** The schemas of this repository in a project of their own, beside its packages. */
function project(): string {
  const schemas = Object.entries(readTree(join(root, "schemas"))).map(([path, text]) => [`schemas/${path}`, text]);
  const folder = makeProject({ ...Object.fromEntries(schemas), "package.json": '{"type":"module"}' });
  for (const name of ["@cerebras", "@schemacast"]) symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  return folder;
}

/** What `tsc` says, with libraries checked: that is where the declarations count. */
async function typeCheck(folder: string): Promise<string> {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
    strict: true,
    skipLibCheck: false,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noEmit: true,
    preserveSymlinks: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "generated", "schemas"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return run(process.execPath, [tsc, "-p", folder, "--pretty", "false"]).then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
}

const consumer = `import { extractOrder, type OrderPartial } from "./generated/order.js";
import { extractUser, streamUser, type User, userTool } from "./generated/user.js";
export const user: Promise<User> = extractUser("Ada is 36");
export const stream: AsyncIterable<{ readonly name?: string }> = streamUser("Ada is 36");
export const total: Promise<Date | undefined> = extractOrder("…").then((order) => order.placedAt);
export const growing: OrderPartial = { lines: [] };
export const tool: string = userTool.function.name;
`;

test("target js: JavaScript that node runs, declarations that tsc checks, in place of the TypeScript", async () => {
  const folder = project();
  expect((await runHere(["generate"], { cwd: folder })).exitCode).toBe(0);
  const first = await runHere(["generate", "--target", "js"], { cwd: folder });
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stdout).toContain("+ schemas/user.schema.json → generated/user.js (User)");
  expect(first.stdout).toContain("- generated/user.ts");
  const names = Object.keys(readTree(join(folder, "generated"))).filter((name) => !name.startsWith("."));
  expect(names.filter((name) => name.startsWith("user"))).toEqual(["user.codec.d.ts", "user.codec.js", "user.d.ts", "user.js"]);
  expect(names.filter((name) => !/\.(?:js|d\.ts)$/.test(name))).toEqual([]);
  expect((await runHere(["check", "--target", "js"], { cwd: folder })).exitCode).toBe(0);
  expect((await runHere(["check"], { cwd: folder })).exitCode).toBe(1);

  writeFileSync(join(folder, "consumer.ts"), consumer);
  expect(await typeCheck(folder)).toBe("");

  const emulator = await startEmulator({ replies: [{ name: "User", value: { name: "Ada", age: 36 } }] });
  try {
    const program = `import { fromProvider } from "@schemacast/runtime";
import { extractUser, streamUser, isUser } from "./generated/user.js";
import * as order from "./generated/order.js";
const provider = fromProvider("cerebras/gpt-oss-120b", { apiKey: "k", baseURL: process.argv[2] });
const snapshots = [];
for await (const partial of streamUser("Ada is 36", provider)) snapshots.push(partial);
console.log(JSON.stringify([await extractUser("Ada is 36", provider), snapshots.at(-1), isUser({}), order.orderAgrees]));
`;
    writeFileSync(join(folder, "main.js"), program);
    const { stdout } = await run(process.execPath, [join(folder, "main.js"), emulator.url]);
    expect(JSON.parse(stdout)).toEqual([{ name: "Ada", age: 36 }, { name: "Ada", age: 36 }, false, true]);
  } finally {
    await emulator.close();
  }
});

test("target js: a type that has changed since is told by tsc too", async () => {
  const folder = project();
  await runHere(["generate", "--target", "js"], { cwd: folder });
  const source = join(folder, "schemas/order.ts");
  const changed = readFileSync(source, "utf8").replace(/(interface Money \{\n)/, "$1  precise: boolean;\n");
  writeFileSync(source, changed);
  expect(await typeCheck(folder)).toMatch(/generated\/order\.d\.ts.*does not satisfy the constraint 'true'/);
});

test("target js with a project's own template: its types are taken away by the compiler", async () => {
  const folder = project();
  await runHere(["eject", "templates"], { cwd: folder });
  const own = join(folder, "templates/extractor.ts");
  writeFileSync(
    own,
    `${readFileSync(own, "utf8")}\n/** Twice. */\nexport function twice$Type$(value: $Type$): [$Type$, $Type$] {\n  return [value, value];\n}\n`,
  );
  writeFileSync(
    join(folder, "schemacast.config.json"),
    JSON.stringify({ templates: "./templates", target: "js", include: ["user.schema.json"] }),
  );
  expect(await runHere(["generate"], { cwd: folder })).toMatchObject({ exitCode: 0, stderr: "" });
  expect(readFileSync(join(folder, "generated/user.js"), "utf8")).toContain("/** Twice. */\nexport function twiceUser(value) {\n");
  expect(readFileSync(join(folder, "generated/user.d.ts"), "utf8")).toContain(
    "export declare function twiceUser(value: User): [User, User];\n",
  );
});

test("target js in a CommonJS package: told, until a package.json beside the outputs says otherwise", async () => {
  const files = { "schemas/user.json": '{ "type": "object", "properties": {}, "additionalProperties": false }' };
  const folder = makeProject({ ...files, "package.json": '{ "type": "commonjs" }' });
  const first = await runHere(["generate", "--target", "js"], { cwd: folder });
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stderr).toContain(
    'warning write/commonjs\n  The JavaScript in generated/ is ES modules, but package.json says `"type": "commonjs"`',
  );
  writeFileSync(join(folder, "generated/package.json"), '{ "type": "module" }');
  expect((await runHere(["generate", "--target", "js", "--force"], { cwd: folder })).stderr).toBe("");
  writeFileSync(join(folder, "main.cjs"), 'import("./generated/user.js").then(({ isUser }) => console.log(isUser({})));');
  symlinkSync(join(root, "node_modules/@schemacast"), join(folder, "node_modules/@schemacast"));
  expect((await run(process.execPath, [join(folder, "main.cjs")])).stdout).toBe("true\n");
  expect((await runHere(["generate"], { cwd: folder })).stderr).toBe("");
});

test("in a package with Next.js, files from JSON Schema import each other without an ending, or a warning says so", async () => {
  const root = makeProject({
    "schemas/user.json": '{ "type": "object", "properties": {}, "additionalProperties": false }',
    "package.json": '{ "dependencies": { "next": "16" } }',
  });
  const first = await runHere(["generate"], { cwd: root });
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.stderr).toContain("warning write/next-imports\n  package.json has Next.js, which does not find `./user.codec.js`");
  writeFileSync(join(root, "schemacast.config.json"), '{ "importExtension": "none" }');
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0, stderr: "" });
  expect(readFileSync(join(root, "generated/user.ts"), "utf8")).toContain('from "./user.codec";');
  expect((await runHere(["generate", "--target", "js"], { cwd: root })).stderr).toBe("");
});
