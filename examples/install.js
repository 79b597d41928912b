// `npm run example <name> [script]`: packs both packages, installs an example with them in a folder of its own, and runs a script of it
// there (default: start). Nothing of the checkout is linked, so it is what somebody gets who installs the published packages.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const [name = "", script = "start", ...rest] = argv.slice(2);
const names = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["demo", "monorepo"].includes(entry.name))
  .map((entry) => entry.name);
if (!names.includes(name)) {
  console.error(`npm run example <name> [script]: the name is one of ${names.join(", ")}`);
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), `schemacast-${name}-`));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
// Ctrl+C reaches the example too; it ends by itself, and the folder goes after it.
process.on("SIGINT", () => undefined);

const tarballs = join(work, "tarballs");
mkdirSync(tarballs);
for (const workspace of [[], ["-w", "@schemacast/runtime"]])
  execFileSync("npm", ["pack", "--silent", "--pack-destination", tarballs, ...workspace], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
const tarball = (part) => `file:${join(tarballs, readdirSync(tarballs).find((file) => file.startsWith(part)) ?? part)}`;

const folder = join(work, name);
cpSync(join(root, "examples", name), folder, { recursive: true, filter: (path) => !/node_modules|\/dist|\/generated/.test(path) });
const manifest = readFileSync(join(folder, "package.json"), "utf8")
  .replace('"@schemacast/runtime": "0.1.0"', `"@schemacast/runtime": "${tarball("schemacast-runtime")}"`)
  .replace('"schemacast": "0.1.0"', `"schemacast": "${tarball("schemacast-0")}"`);
writeFileSync(join(folder, "package.json"), manifest);
execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder, stdio: "inherit" });
execFileSync("npm", ["run", "--silent", script, "--", ...rest], { cwd: folder, stdio: "inherit" });
