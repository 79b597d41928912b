import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";

// A Next.js application as its authors set one up: `schemacast init`, a route that streams, `next build`, `next start`.
const home = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), "schemacast-next-"));
const app = join(work, "app");
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

const files: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "app", "private": true, "scripts": { "build": "next build" } }',
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["dom", "dom.iterable", "esnext"],
      strict: true,
      noEmit: true,
      module: "esnext",
      moduleResolution: "bundler",
      isolatedModules: true,
      skipLibCheck: true,
      jsx: "react-jsx",
    },
    include: ["**/*.ts", "**/*.tsx"],
    exclude: ["node_modules"],
  }),
  "schemas/person.schema.json": JSON.stringify({
    title: "Person",
    type: "object",
    properties: { name: { type: "string" }, age: { type: "integer" } },
    required: ["name", "age"],
    additionalProperties: false,
  }),
  "schemas/city.ts": "export interface City { name: string; founded?: Date }\n",
  "app/layout.tsx": `import type { ReactNode } from "react";

export default function Layout({ children }: { children: ReactNode }) {
  return (<html lang="en"><body>{children}</body></html>);
}
`,
  "app/page.tsx": `"use client";
import { useState } from "react";
import type { PersonPartial } from "../generated/person";
import { isCity } from "../generated/city";

export default function Page() {
  const [person] = useState<PersonPartial>({ name: "nobody" });
  return <p>{person.name} {String(isCity({ name: "Ulm" }))}</p>;
}
`,
  "app/api/person/route.ts": `import { ExtractionError } from "@schemacast/runtime";
import { streamPerson } from "../../../generated/person";

export async function POST(request: Request): Promise<Response> {
  const person = streamPerson(await request.text(), { signal: request.signal });
  const lines = new ReadableStream<string>({
    async start(controller) {
      const send = (line: object): void => controller.enqueue(\`\${JSON.stringify(line)}\\n\`);
      try {
        for await (const partial of person) send({ partial });
        send({ person: await person.result });
      } catch (error) {
        send({ error: ExtractionError.is(error) ? error.name : "Error" });
      }
      controller.close();
    },
  });
  return new Response(lines.pipeThrough(new TextEncoderStream()), { headers: { "content-type": "application/x-ndjson" } });
}
`,
};

let emulator: Emulator;
let server: ChildProcess | undefined;

beforeAll(async () => {
  emulator = await startEmulator({ replies: [{ name: "Person", value: { name: "Ada", age: 36 } }] });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), text);
  }
  await run("npm", ["pack", "--pack-destination", work], { cwd: home });
  await run("npm", ["pack", "--pack-destination", work, "-w", "@schemacast/runtime"], { cwd: home });
  const packed = readdirSync(work).filter((name) => name.endsWith(".tgz"));
  const packages = ["next@^16", "react@^19", "react-dom@^19", "@types/react@^19", "@types/node@^20", "typescript@~5.9.0"];
  const sdk = "@cerebras/cerebras_cloud_sdk@^1.91.0";
  await run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages, sdk, ...packed.map((name) => join(work, name))],
    {
      cwd: app,
    },
  );
}, 300_000);
afterAll(async () => {
  if (server?.exitCode === null && server.kill()) await once(server, "exit");
  await emulator.close();
  rmSync(work, { recursive: true, force: true });
});

test("init sets it up, the build takes what is generated, and the route streams", { timeout: 300_000 }, async () => {
  await run("npx", ["schemacast", "init", "--yes"], { cwd: app });
  const generated = await run("npx", ["schemacast", "generate"], { cwd: app });
  expect(generated.stderr).toBe("");
  const next = join(app, "node_modules/next/dist/bin/next");
  await run(process.execPath, [next, "build"], { cwd: app, env });
  const port = 20_000 + (process.pid % 20_000);
  server = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: app,
    env: { ...env, CEREBRAS_BASE_URL: emulator.url, CEREBRAS_API_KEY: "any" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const text of server.stdout ?? []) if (String(text).includes("Ready")) break;
  const response = await fetch(`http://127.0.0.1:${port}/api/person`, { method: "POST", body: "Ada is 36." });
  const lines = (await response.text()).trim().split("\n");
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => JSON.parse(line) as unknown).at(-1)).toEqual({ person: { name: "Ada", age: 36 } });
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toMatch(/nobody(?:<!-- -->| )*true/);
});
