import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build, createLogger, createServer, type InlineConfig } from "vite";
import { expect, onTestFinished, test } from "vitest";
import esbuildPlugin from "../../src/bundlers/esbuild.js";
import rollupPlugin from "../../src/bundlers/rollup.js";
import vitePlugin from "../../src/bundlers/vite.js";
import { makeProject } from "./run-cli.js";

const person = `{
  "type": "object",
  "properties": { "name": { "type": "string" }, "age": { "type": "integer" } },
  "required": ["name", "age"],
  "additionalProperties": false
}
`;

function appProject(schema = person): string {
  const root = makeProject({
    "package.json": '{ "name": "app", "type": "module" }',
    "schemas/person.json": schema,
    "main.ts": 'import { isPerson } from "./generated/person.js";\nexport const answer: boolean = isPerson({ name: "Ivan", age: 27 });\n',
  });
  const home = fileURLToPath(new URL("../../", import.meta.url));
  mkdirSync(join(root, "node_modules/@schemacast"));
  symlinkSync(join(home, "src/runtime"), join(root, "node_modules/@schemacast/runtime"));
  return root;
}

function viteConfig(root: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [vitePlugin()],
    build: { lib: { entry: "main.ts", formats: ["es"], fileName: "main" }, minify: false },
  };
}

test("a Vite build generates first, bundles what it generated, and runs", async () => {
  const root = appProject();
  await build(viteConfig(root));
  expect(existsSync(join(root, "generated/person.ts"))).toBe(true);
  const bundle = readFileSync(join(root, "dist/main.js"), "utf8");
  expect(bundle).not.toContain("streamPerson");
  const { answer } = (await import(/* @vite-ignore */ join(root, "dist/main.js"))) as { answer: boolean };
  expect(answer).toBe(true);
});

test("a broken schema fails a Vite build with its place and hint", async () => {
  const root = appProject(person.replace('"string" }', '"string" '));
  await expect(build(viteConfig(root))).rejects.toThrow(/schemas\/person\.json:\d+:\d+ read\/json-syntax/);
  expect(existsSync(join(root, "dist"))).toBe(false);
});

test("Vite's dev server follows schemas and shows errors", async () => {
  const root = appProject();
  const errors: string[] = [];
  const customLogger = { ...createLogger("silent"), error: (message: string) => void errors.push(message) };
  const server = await createServer({ ...viteConfig(root), customLogger, server: { port: 0, host: "127.0.0.1" } });
  onTestFinished(() => server.close());
  await server.listen();
  const served = async (): Promise<string> => (await server.transformRequest("/generated/person.ts"))?.code ?? "";
  expect(await served()).toContain("extract_person");
  const sent: unknown[] = [];
  const send = server.hot.send.bind(server.hot);
  // Node 20 has no WebSocket client: what the overlay would get is taken where it is sent.
  server.hot.send = (...payload: readonly unknown[]) => {
    sent.push(payload[0]);
    return Reflect.apply(send, server.hot, payload);
  };
  writeFileSync(join(root, "schemas/person.json"), person.replace("age", "years").replace('"age"]', '"years"]'));
  await expect.poll(() => readFileSync(join(root, "generated/person.ts"), "utf8"), { timeout: 15_000 }).toContain("years: number");
  await expect.poll(served, { timeout: 15_000 }).toContain("years");
  writeFileSync(join(root, "schemas/person.json"), "{");
  await expect.poll(() => errors.join(), { timeout: 15_000 }).toContain("read/json-syntax");
  expect(sent).toContainEqual({
    type: "error",
    err: expect.objectContaining({
      plugin: "schemacast",
      id: join(root, "schemas/person.json"),
      frame: expect.stringContaining("> 1 | {"),
    }),
  });
  // What is generated is what it was: Vite itself sees no reason to take the overlay away.
  expect(sent).not.toContainEqual({ type: "update", updates: [] });
  writeFileSync(join(root, "schemas/person.json"), person.replace("age", "years").replace('"age"]', '"years"]'));
  await expect.poll(() => sent, { timeout: 15_000 }).toContainEqual({ type: "update", updates: [] });
});

test("esbuild generates before it bundles", async () => {
  const root = appProject();
  const result = await esbuild({
    absWorkingDir: root,
    entryPoints: ["main.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    plugins: [esbuildPlugin({ root })],
    logLevel: "silent",
  });
  expect(result.outputFiles[0]?.text).toContain("validatePerson");
});

test("Rollup generates before it bundles, and watches the schemas", async () => {
  const root = appProject();
  writeFileSync(join(root, "main.js"), "export const one = 1;\n");
  const bundle = await rollup({ input: join(root, "main.js"), plugins: [rollupPlugin({ root })] });
  expect(bundle.watchFiles).toContain(join(root, "schemas/person.json"));
  expect(existsSync(join(root, "generated/person.ts"))).toBe(true);
  await bundle.close();
});
