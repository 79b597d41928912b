import { execFileSync, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { writeSection } from "../write-section.js";
import { contestants } from "./contestants.js";

const file = (name) => new URL(name, import.meta.url).pathname;

/**
 * CPU of a call, import time and bundle size. Each contestant has a process of its own; they take turns in short blocks, and each block is
 * compared with the bare SDK's of the same turn, so that a busy moment meets all alike.
 */
export default async function bench(options) {
  const { values } = parseArgs({
    args: options,
    options: {
      calls: { type: "string", default: "50" },
      rounds: { type: "string", default: "40" },
      warm: { type: "string", default: "1000" },
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
  const baseURL = `http://127.0.0.1:${await once(server)}`;
  const results = new Map();
  for (const kind of ["whole", "stream"]) {
    const blocks = await run(names, { ...values, kind, baseURL });
    for (const [name, times] of blocks)
      results.set(`${kind} ${name}`, { times, ratio: median(times.map((time, turn) => time / blocks.get("bare SDK")[turn])) });
  }
  server.kill();
  const rows = [];
  for (const name of names) {
    const figures = ["whole", "stream"].map((kind) => {
      const { times, ratio } = results.get(`${kind} ${name}`);
      return times.length === 0 ? "failed" : `${median(times).toFixed(0)} µs (${ratio.toFixed(2)}×)`;
    });
    rows.push(
      `| ${name} | ${figures.join(" | ")} | ${entries[name] === "" ? "–" : `${importTime(name)} ms`} | ${entries[name] === "" ? "–" : await bundleSize(name)} |`,
    );
  }
  const table = [
    "## A call (`npm run bench runtime`)",
    "",
    `CPU of one call over loopback, after ${values.warm} calls, the median of ${values.rounds} blocks of ${values.calls}; in brackets, the median of each block against the bare SDK's`,
    "of the same turn. The server is another process. The stream has one event for four characters of JSON; schemacast, ai and instructor hand out",
    "every partial value, the bare clients none. Import: a process that imports what a non-streaming extraction needs, less an empty one. Bundle:",
    "minified and gzipped, client included.",
    "",
    "| | non-streaming call | streaming call | import | bundle |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
  console.log(table);
  if (values.write) writeSection("runtime", table);
}

/** Microseconds of each block of each contestant; none of one that failed. */
async function run(names, { kind, baseURL, warm, calls, rounds }) {
  const workers = new Map();
  // One after the other: nobody warms up beside another.
  for (const name of names) {
    const worker = fork(file("worker.js"), [name, kind, baseURL, warm], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let said = "";
    worker.stderr.on("data", (text) => (said = (said + text).slice(0, 600)));
    const isReady = await once(worker).then(
      () => true,
      () => false,
    );
    if (isReady) workers.set(name, worker);
    else console.error(`${kind} ${name}: ${said.trim()}`);
  }
  const blocks = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const [name, worker] of workers) {
      worker.send(Number(calls));
      blocks.get(name).push(await once(worker));
    }
  }
  for (const worker of workers.values()) worker.kill();
  return blocks;
}

/** The next thing that a process says; rejects when it ends before. */
function once(worker) {
  return new Promise((resolve, reject) => {
    const settle = (outcome) => (value) => {
      worker.removeAllListeners("message").removeAllListeners("exit");
      outcome(value);
    };
    worker.on("message", settle(resolve));
    worker.on("exit", settle(reject));
  });
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
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
