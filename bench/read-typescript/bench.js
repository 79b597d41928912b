import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeInputs } from "../generate/make-inputs.js";
import { measure, median } from "../generate/measure.js";
import { writeSection } from "../write-section.js";

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const isInstalled = existsSync(new URL("../node_modules/ts-json-schema-generator", import.meta.url));
const tools = [
  { name: "node -e 0 (floor)", args: ["-e", "0"] },
  { name: "schemacast, first run", args: [script("ours.js")] },
  { name: "schemacast, compiled code kept", args: [script("ours.js"), "cached"] },
  ...(isInstalled ? [{ name: "ts-json-schema-generator", args: [script("ts-json-schema-generator.js")] }] : []),
];

/** TypeScript types to JSON Schema, each tool in a process of its own, once a round; medians over the rounds. */
export default async function bench(options) {
  const { values } = parseArgs({
    args: options,
    options: { sizes: { type: "string", default: "1,10,100" }, rounds: { type: "string", default: "7" }, write: { type: "boolean" } },
  });
  const sizes = values.sizes.split(",").map(Number);
  const figures = new Map();
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "schemacast-read-bench-"));
    try {
      makeInputs(folder, size);
      const cwd = join(folder, "ts");
      writeFileSync(join(cwd, "tsconfig.json"), '{ "compilerOptions": { "module": "nodenext", "strict": true }, "include": ["schemas"] }');
      await measure({ command: process.execPath, args: tools[2].args, cwd });
      for (let round = 0; round < Number(values.rounds); round += 1) {
        for (const { name, args } of tools) {
          const key = `${name} ${size}`;
          figures.set(key, [...(figures.get(key) ?? []), await measure({ command: process.execPath, args, cwd })]);
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const text = table(sizes, figures);
  console.log(text);
  if (values.write) writeSection("read-typescript", section(text));
}

function table(sizes, figures) {
  const peer = tools.at(-1).name;
  const rows = tools.map(({ name }) => {
    const cells = sizes.map((size) => {
      const runs = figures.get(`${name} ${size}`);
      const less = median(runs.map((run, index) => figures.get(`${peer} ${size}`)[index].cpu / run.cpu));
      const of = (key) => Math.round(median(runs.map((run) => run[key])));
      return `${of("wall")} / ${of("cpu")} / ${of("memory")} (${less.toFixed(1)}x)`;
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const head = `| wall ms / CPU ms / peak MiB (how much less CPU than ${peer}) | ${sizes.map((size) => `${size} files`).join(" | ")} |`;
  return [head, `|---|${"---|".repeat(sizes.length)}`, ...rows].join("\n");
}

function section(text) {
  return `## Reading TypeScript (\`npm run bench read-typescript -- --write\`)

Types to JSON Schema, no code generated. Cold processes, round robin, medians; Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}).

${text}`;
}
