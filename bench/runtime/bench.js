import { execFileSync, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { writeSection } from "../write-section.js";
import { contestants } from "./contestants.js";

const file = (name) => new URL(name, import.meta.url).pathname;

/** CPU of a call, import time and bundle size, each contestant in processes of its own, in turns, so that a busy moment meets all alike. */
export default async function bench(options) {
  const { values } = parseArgs({
    args: options,
    options: {
      calls: { type: "string", default: "1000" },
      warm: { type: "string", default: "1000" },
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
      write: { type: "boolean" },
    },
  });
  const hasPeers = existsSync(new URL("../node_modules/ai", import.meta.url));
  const wanted = new RegExp(values.only ?? "");
  const names = Object.keys(contestants).filter(
    (name) => (hasPeers || !/ai 6|instructor/.test(name)) && (name === "bare SDK" || wanted.test(name)),
  );
  const server = fork(file("server.js"));
  const port = await new Promise((resolve) => server.once("message", resolve));
  const results = new Map();
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const kind of ["whole", "stream"]) {
      for (const name of names) {
        const args = ["--expose-gc", file("worker.js"), name, kind, `http://127.0.0.1:${port}`, values.calls, values.warm];
        const key = `${kind} ${name}`;
        try {
          const { cpu } = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }));
          results.set(key, [...(results.get(key) ?? []), cpu]);
        } catch (error) {
          results.set(key, [Number.NaN]);
          console.error(
            `${key}: ${String(error.stderr ?? error)
              .trim()
              .split("\n")
              .slice(0, 6)
              .join("\n")}`,
          );
        }
      }
    }
  }
  server.kill();
  const best = (key) => Math.min(...results.get(key));
  const rows = [];
  for (const name of names) {
    const figures = ["whole", "stream"].map((kind) => {
      const own = best(`${kind} ${name}`);
      return `${own.toFixed(0)} µs (${(own / best(`${kind} bare SDK`)).toFixed(2)}×)`;
    });
    rows.push(`| ${name} | ${figures.join(" | ")} | ${importTime(name)} ms | ${await bundleSize(name)} |`);
  }
  const table = [
    "## A call (`npm run bench runtime`)",
    "",
    `CPU of one call over loopback, the best of ${values.rounds} processes of ${values.calls} calls each, after ${values.warm}; the server is another process. The stream has one event for`,
    "four characters of JSON; schemacast, ai and instructor hand out every partial value, the bare SDK none. Import: a process that imports what a",
    "non-streaming extraction needs, less an empty one. Bundle: minified and gzipped, client included.",
    "",
    "| | non-streaming call | streaming call | import | bundle |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
  console.log(table);
  if (values.write) writeSection("runtime", table);
}

const sdk = 'import { Cerebras } from "@cerebras/cerebras_cloud_sdk"; globalThis.client = Cerebras;';
const entries = {
  "bare SDK": sdk,
  "bare fetch": "",
  schemacast: `${sdk} import { extract, decode } from "${file("../../src/runtime/dist/v1.js")}"; globalThis.used = [extract, decode];`,
  "schemacast on fetch": `import { fetchClient } from "${file("../../src/runtime/dist/fetch.js")}"; import { extract, decode } from "${file("../../src/runtime/dist/v1.js")}"; globalThis.used = [extract, decode, fetchClient];`,
  "ai 6 + @ai-sdk/cerebras + zod":
    'import { generateObject } from "ai"; import { createCerebras } from "@ai-sdk/cerebras"; import { z } from "zod"; globalThis.used = [generateObject, createCerebras, z];',
  "@instructor-ai/instructor":
    'import OpenAI from "openai"; import Instructor from "@instructor-ai/instructor"; import { z } from "zod"; globalThis.used = [OpenAI, Instructor, z];',
};

function importTime(name) {
  const run = (code) => {
    const times = Array.from({ length: 7 }, () => {
      const begun = performance.now();
      execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd: file("..") });
      return performance.now() - begun;
    });
    return Math.min(...times);
  };
  return (run(entries[name]) - run("")).toFixed(0);
}

async function bundleSize(name) {
  const { build } = await import("esbuild");
  const outcome = await build({
    stdin: { contents: entries[name], resolveDir: file("..") },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "node",
    outdir: "/nowhere",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  // What is loaded with the entry; a chunk behind a dynamic import is not.
  const entry = Object.keys(outcome.metafile.outputs).find((path) => outcome.metafile.outputs[path].entryPoint === "<stdin>") ?? "";
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const { path: other, kind } of outcome.metafile.outputs[path].imports)
      if (kind === "import-statement" && outcome.metafile.outputs[other]) loaded.add(other);
  }
  const text = [...loaded]
    .map((path) => outcome.outputFiles.find((output) => output.path.endsWith(path.split("/").at(-1)))?.text ?? "")
    .join("");
  return `${(gzipSync(text, { level: 9 }).length / 1000).toFixed(1)} kB`;
}
