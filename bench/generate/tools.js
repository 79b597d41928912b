import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const home = fileURLToPath(new URL("../..", import.meta.url));
const peers = join(home, "bench/node_modules");
const node = process.execPath;
const script = (name) => fileURLToPath(new URL(`peers/${name}.js`, import.meta.url));

/**
 * What is measured: the command, what has to be undone before each run, and from which size on it is left out because it
 * would take minutes.
 */
export const listTools = (program) =>
  [
    { name: "node -e 0 (floor)", folder: "json", command: node, args: ["-e", "0"] },
    {
      name: "schemacast, nothing changed",
      folder: "json",
      command: node,
      args: [program, "generate"],
      prepare: (folder, run) => settle(folder, run, program),
    },
    {
      name: "schemacast, nothing changed, no cache",
      folder: "json",
      command: node,
      args: [program, "check"],
      prepare: (folder, run) => settle(folder, run, program),
    },
    {
      name: "schemacast, one changed",
      folder: "json",
      command: node,
      args: [program, "generate"],
      prepare: (folder, run) => touchOne(folder, run, program),
    },
    {
      name: "schemacast, all, JSON Schema",
      folder: "json",
      command: node,
      args: [program, "generate"],
      prepare: (folder, run) => startOver(folder, run, program),
    },
    {
      name: "schemacast, all, JSON Schema, no compiled code yet",
      folder: "json",
      command: node,
      args: [program, "generate"],
      prepare: (folder) => {
        clear(folder, "generated");
        rmSync(join(folder, compiledCode), { force: true });
      },
    },
    {
      name: "schemacast, all, TypeScript",
      folder: "ts",
      command: node,
      args: [program, "generate"],
      prepare: (folder, run) => startOver(folder, run, program),
    },
    { name: "BAML (native)", folder: "baml", command: join(peers, ".bin/baml-cli"), args: ["generate"], needs: "@boundaryml/baml" },
    {
      name: "json-schema-to-typescript (types only)",
      folder: "json",
      command: node,
      args: [script("json-schema-to-typescript")],
      needs: "json-schema-to-typescript",
    },
    { name: "quicktype-core (types only)", folder: "json", command: node, args: [script("quicktype")], needs: "quicktype-core" },
    {
      name: "openapi-typescript (types only)",
      folder: "openapi",
      command: node,
      args: [join(peers, "openapi-typescript/bin/cli.js"), "openapi.json", "-o", "out.ts"],
      needs: "openapi-typescript",
    },
    {
      name: "typia generate (validator, schema)",
      folder: "typia",
      command: node,
      args: [join(peers, "typia/lib/executable/typia.js"), "generate", "--input", "src", "--output", "out", "--project", "tsconfig.json"],
      needs: "typia",
      prepare: linkPeers,
    },
  ]
    .filter((tool) => tool.needs === undefined || existsSync(join(peers, tool.needs)))
    // What the goals are about: ours, the floor, and BAML's generator.
    .map((tool) => ({ ...tool, isCompared: tool.needs === undefined || tool.needs === "@boundaryml/baml" }));

/** Runs until nothing is left to do and the snapshot of the disk can be trusted. */
async function settle(folder, measure, program) {
  if (existsSync(join(folder, ".settled"))) return;
  await measure({ command: node, args: [program, "generate"], cwd: folder });
  await new Promise((resolve) => setTimeout(resolve, 2300));
  await measure({ command: node, args: [program, "generate"], cwd: folder });
  writeFileSync(join(folder, ".settled"), "");
}

const compiledCode = "node_modules/.cache/schemacast/generator.bin";

let putAside = 0;

/**
 * Takes outputs out of the way. They are moved, not removed: ext4 looks through the inodes that were freed in the last minute for each file
 * that is made, which takes longer than making it.
 */
function clear(folder, outputs) {
  if (!existsSync(join(folder, outputs))) return;
  putAside += 1;
  renameSync(join(folder, outputs), join(folder, `../aside-${putAside}`));
}

/** Without outputs; compiled code is there, as after any run before. */
async function startOver(folder, measure, program) {
  clear(folder, "generated");
  rmSync(join(folder, ".settled"), { force: true });
  if (existsSync(join(folder, compiledCode))) return;
  const small = join(folder, "small");
  const kind = folder.endsWith("ts") ? "ts" : "json";
  mkdirSync(join(small, "schemas"), { recursive: true });
  copyFileSync(join(folder, `schemas/Model0.${kind}`), join(small, `schemas/Model0.${kind}`));
  await measure({ command: node, args: [program, "generate"], cwd: small });
  rmSync(small, { recursive: true });
}

let edits = 0;

async function touchOne(folder, measure, program) {
  if (!existsSync(join(folder, "generated"))) await measure({ command: node, args: [program, "generate"], cwd: folder });
  rmSync(join(folder, ".settled"), { force: true });
  const path = join(folder, "schemas/Model0.json");
  edits += 1;
  writeFileSync(path, readFileSync(path, "utf8").replace(/"description": "A Model0[^"]*"/, `"description": "A Model0, edit ${edits}."`));
}

function linkPeers(folder) {
  if (!existsSync(join(folder, "node_modules"))) symlinkSync(peers, join(folder, "node_modules"));
  clear(folder, "out");
}
