import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

// The real webpack, from the registry, with the built plugin.
const home = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), "schemacast-webpack-"));
const person = '{ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"], "additionalProperties": false }';

/** Builds, or watches while it writes one schema after the other; prints the errors of each build as a line of JSON. */
const script = `
import { writeFileSync } from "node:fs";
import webpack from "webpack";
import schemacast from ${JSON.stringify(join(home, "dist/bundlers/webpack.js"))};
const compiler = webpack({ mode: "production", target: "node", entry: "./main.mjs", plugins: [schemacast()] });
const say = (error, stats) => console.log(JSON.stringify(error ? [String(error)] : stats.compilation.errors.map((each) => each.message)));
const schemas = process.argv.slice(2);
if (schemas.length === 0) compiler.run(say);
else {
  let timer;
  // What is generated is seen as a change of its own: the next schema comes when webpack has come to rest.
  const watching = compiler.watch({ aggregateTimeout: 20 }, (error, stats) => {
    say(error, stats);
    clearTimeout(timer);
    timer = setTimeout(() => (schemas.length === 0 ? watching.close(() => {}) : writeFileSync("schemas/person.json", schemas.shift())), 3000);
  });
}
`;

beforeAll(async () => {
  writeFileSync(join(root, "package.json"), '{ "name": "app", "private": true, "type": "module" }');
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "webpack@5"], { cwd: root });
  mkdirSync(join(root, "node_modules/@schemacast"));
  symlinkSync(join(home, "src/runtime"), join(root, "node_modules/@schemacast/runtime"));
  mkdirSync(join(root, "schemas"));
  writeFileSync(join(root, "schemacast.config.json"), '{ "target": "js" }');
  writeFileSync(join(root, "main.mjs"), 'import { isPerson } from "./generated/person.js";\nconsole.log(isPerson({ name: "Ada" }));\n');
  writeFileSync(join(root, "schemas/person.json"), person);
  writeFileSync(join(root, "build.mjs"), script);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function build(...schemas: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { stdout } = await run(process.execPath, ["build.mjs", ...schemas], { cwd: root });
  // The parse boundary to the script's output.
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as string[]);
}

test("webpack generates before it resolves the first import", async () => {
  expect(await build()).toEqual([[]]);
  expect((await run(process.execPath, [join(root, "dist/main.js")])).stdout).toBe("true\n");
});

test("a broken schema is an error of the build, and a watch goes on", async () => {
  const builds = await build(person.replace('"string"', '"strng"'), person.replaceAll('"name"', '"called"'));
  expect(builds[0]).toEqual([]);
  expect(builds.find((errors) => errors.length > 0)?.[0]).toMatch(/^schemas\/person\.json:1:\d+ read\/keyword-value: /);
  expect(builds.at(-1)).toEqual([]);
  expect((await run(process.execPath, [join(root, "dist/main.js")])).stdout).toBe("false\n");
});
