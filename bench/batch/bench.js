import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEmulator } from "../../dist/emulator/index.js";
import { median } from "../generate/measure.js";
import { writeSection } from "../write-section.js";

const program = fileURLToPath(new URL("../../bin/schemacast.js", import.meta.url));
const schema = { type: "object", properties: { name: { type: "string" } }, required: ["name"], additionalProperties: false };
const concurrency = 16;

/** Documents a second of `schemacast batch`, alone and with workers on a queue; the emulator answers after a fixed time. */
export default async function bench(options) {
  const { values } = parseArgs({
    args: options,
    options: {
      documents: { type: "string", default: "1000" },
      latency: { type: "string", default: "250" },
      rounds: { type: "string", default: "3" },
      write: { type: "boolean" },
    },
  });
  const [documents, latency, rounds] = [Number(values.documents), Number(values.latency), Number(values.rounds)];
  const rows = [{ name: "one process", workers: 0 }];
  if (spawnSync("redis-server", ["--version"]).status === 0)
    rows.push(...[1, 2, 3].map((workers) => ({ name: `queue, ${count(workers)}`, workers })));
  else console.log("skipped: the queue, which needs redis-server");
  const emulator = await startEmulator({ scenario: { latency }, maxRecorded: 1 });
  const speeds = new Map(rows.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, workers } of rows) speeds.get(name).push(await measureRun({ documents, workers, url: emulator.url }));
    }
  } finally {
    await emulator.close();
  }
  const text = table(rows, { speeds, latency });
  console.log(text);
  if (values.write) writeSection("batch", section(text, { documents, latency, rounds }));
}

const count = (workers) => `${workers} worker${workers === 1 ? "" : "s"}`;

async function measureRun({ documents, workers, url }) {
  const cwd = mkdtempSync(join(tmpdir(), "schemacast-batch-bench-"));
  const lines = Array.from({ length: documents }, (_, index) =>
    JSON.stringify({ id: `d${index}`, text: `Document ${index} of ${workers}` }),
  );
  for (const folder of ["schemas", "node_modules"]) mkdirSync(join(cwd, folder));
  writeFileSync(join(cwd, "schemas/person.json"), JSON.stringify(schema));
  writeFileSync(join(cwd, "docs.jsonl"), lines.join("\n"));
  const port = 20_000 + (process.pid % 20_000);
  const queue = workers === 0 ? [] : ["--queue", `redis://127.0.0.1:${port}`];
  const start = (args) => {
    const env = { ...process.env, CEREBRAS_API_KEY: "bench", CEREBRAS_BASE_URL: url };
    return spawn(process.execPath, [program, ...args, ...queue], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  };
  const redis =
    workers === 0
      ? undefined
      : spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", cwd], { stdio: "ignore" });
  const started = [];
  try {
    if (redis !== undefined) await new Promise((resolve) => setTimeout(resolve, 1000));
    for (let index = 0; index < workers; index += 1)
      started.push(start(["worker", "schemas/person.json", "--concurrency", String(concurrency)]));
    for (const worker of started) await new Promise((resolve) => worker.stderr.once("data", resolve));
    const limit = workers === 0 ? ["--concurrency", String(concurrency)] : [];
    const batch = start([
      "batch",
      "schemas/person.json",
      "--in",
      "docs.jsonl",
      "--out",
      "out.jsonl",
      "--format",
      "json",
      "--quiet",
      ...limit,
    ]);
    let stdout = "";
    batch.stdout.on("data", (text) => (stdout += text));
    await new Promise((resolve) => batch.on("close", resolve));
    const { succeeded, seconds } = JSON.parse(stdout);
    if (succeeded !== documents) throw new Error(`${succeeded} of ${documents} documents were done.`);
    return documents / seconds;
  } finally {
    await Promise.all(started.map((worker) => end(worker, "SIGTERM")));
    if (redis !== undefined) await end(redis, "SIGKILL");
    rmSync(cwd, { recursive: true, force: true });
  }
}

function end(child, signal) {
  return new Promise((resolve) => {
    child.on("close", resolve);
    child.kill(signal);
  });
}

function table(rows, { speeds, latency }) {
  const of = ({ name }) => median(speeds.get(name));
  const alone = of(rows[0]);
  const lines = rows.map((row) => {
    const most = (Math.max(1, row.workers) * concurrency * 1000) / latency;
    return `| ${row.name} | ${of(row).toFixed(0)} | ${((100 * of(row)) / most).toFixed(0)} % | ${(of(row) / alone).toFixed(2)}x |`;
  });
  return ["| | documents a second | of what the service time allows | |", "|---|---|---|---|", ...lines].join("\n");
}

function section(text, { documents, latency, rounds }) {
  return [
    "## Many documents (`npm run bench batch -- --write`)",
    "",
    `${documents} documents, ${concurrency} at a time in each process, an emulator that answers after ${latency} ms; emulator, Redis, workers and batch share the machine`,
    `(${cpus().length} cores, Node ${process.versions.node}). Medians of ${rounds} rounds.`,
    "",
    text,
  ].join("\n");
}
