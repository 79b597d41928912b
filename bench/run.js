#!/usr/bin/env node
// `npm run bench <name> [-- options]`: runs bench/<name>/bench.js, whose default export does the work.
import { existsSync, readdirSync } from "node:fs";

const [name = "", ...options] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/bench.js`, import.meta.url)))
  .map((entry) => entry.name);

if (!names.includes(name)) {
  console.error(`Usage: npm run bench <name>. There are: ${names.join(", ")}.`);
  process.exit(2);
}
if (!existsSync(new URL("node_modules", import.meta.url)))
  console.error("The peers are not installed; they are left out. `npm ci --prefix bench` installs them.");
const { default: bench } = await import(`./${name}/bench.js`);
await bench(options);
