import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeSection } from "../write-section.js";
import { makeInputs } from "./make-inputs.js";
import { measure, median } from "./measure.js";
import { installCopy } from "./install.js";
import { home, listTools } from "./tools.js";
import { watchLatency } from "./watch-latency.js";

/** Cold processes, every tool once per round, so that a busy moment of the machine meets all alike; medians over the rounds. */
export default async function bench(options) {
  const { values } = parseArgs({
    args: options,
    options: {
      sizes: { type: "string", default: "1,10,100,1000" },
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
      write: { type: "boolean" },
    },
  });
  const installed = installCopy(home);
  const tools = listTools(join(installed, "node_modules/schemacast/bin/schemacast.js"));
  const sizes = values.sizes.split(",").map(Number);
  const chosen = tools.filter((tool) => values.only === undefined || tool.name.includes("floor") || tool.name.match(values.only));
  const results = new Map();
  const folders = [];
  let nodes = 0;
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "schemacast-bench-"));
    folders.push(folder);
    ({ nodes } = makeInputs(folder, size));
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const tool of chosen) {
        // A run over many schemas takes minutes with some; those that a goal compares are run as often as over few.
        if (size >= 100 && round > 0 && !tool.isCompared) continue;
        const key = `${tool.name} ${size}`;
        if (results.get(key) instanceof Error) continue;
        const cwd = join(folder, tool.folder);
        try {
          await tool.prepare?.(cwd, measure);
          const figures = await measure({ command: tool.command, args: tool.args, cwd });
          results.set(key, [...(results.get(key) ?? []), figures]);
        } catch (error) {
          console.error(error.message);
          results.set(key, error);
        }
      }
    }
    console.log(table(chosen, sizes.slice(0, sizes.indexOf(size) + 1), results));
  }
  const latency = await watchLatency(join(installed, "node_modules/schemacast"), 100);
  console.log(`watch over 100 schemas: ${Math.round(latency)} ms from the event to the last byte`);
  for (const folder of [...folders, installed]) rmSync(folder, { recursive: true, force: true });
  if (values.write) writeSection("generate", section(table(chosen, sizes, results), nodes, latency));
}

function table(chosen, sizes, results) {
  const head = `| wall / CPU ms (CPU over the floor's) | ${sizes.map((size) => `${size}`).join(" | ")} | peak MiB |`;
  const rows = chosen.map((tool) => {
    let peak = 0;
    const cells = sizes.map((size) => {
      const runs = results.get(`${tool.name} ${size}`);
      if (!Array.isArray(runs)) return runs === undefined ? "" : "failed";
      peak = Math.max(peak, ...runs.map((run) => run.memory));
      const floor = results.get(`${chosen[0].name} ${size}`);
      const ratio = median(runs.map((run, index) => run.cpu / (floor[index]?.cpu ?? floor[0].cpu)));
      return `${Math.round(median(runs.map((run) => run.wall)))} / ${Math.round(median(runs.map((run) => run.cpu)))} (${ratio.toFixed(1)}x)`;
    });
    return `| ${tool.name} | ${cells.join(" | ")} | ${Math.round(peak)} |`;
  });
  return [head, `|---|${"---|".repeat(sizes.length + 1)}`, ...rows].join("\n");
}

function section(text, nodes, latency) {
  return `## Generation (\`npm run bench generate -- --write\`)

Cold processes, round robin, medians over the rounds (of 100 and more schemas the other tools, but for BAML, have one round); schemas of about ${Math.round(nodes)} nodes; Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}).
Columns: number of schemas. The ratio is CPU over that of \`node -e 0\` in the same round.

${text}

\`watch\` over 100 schemas writes the changed one ${Math.round(latency)} ms after the event (median of 12 edits).`;
}
