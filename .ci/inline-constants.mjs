// Writes the numbers behind the runtime's imported constants (states and kinds of the parser) where they are used: engines read an imported
// binding from memory each time, which costs the streaming parser a tenth of its time (docs/benchmarks.md). Bundlers do the same, Node does
// not bundle. TypeScript's `const enum` would do it, but is no erasable syntax, which the inline runtime has to be.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const runtime = fileURLToPath(new URL("../src/runtime/", import.meta.url));
const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
/** The constants of the last build. */
const record = join(runtime, "constants.tsbuildinfo");
const folder = join(runtime, "dist");

let texts = readTexts();
let constants = constantsOf(texts);
const told = JSON.stringify([...constants.values()].flatMap((known) => [...known]));
if (!existsSync(record) || readFileSync(record, "utf8") !== told) {
  // tsc writes only the modules that have changed themselves: in all others the numbers of the last build still stand.
  execFileSync(process.execPath, [compiler, "-b", "--force", runtime], { stdio: "inherit" });
  texts = readTexts();
  constants = constantsOf(texts);
}

for (const [path, text] of texts) {
  const imports = [...text.matchAll(/^import \{ ([^}]+) \} from "(\.[^"]+)";\n/gm)].map(([line, names, from]) => ({
    line,
    names: names.split(/,\s*/).filter(Boolean),
    from,
    known: constants.get(join(dirname(path), from)) ?? new Map(),
  }));
  const used = new Map(
    imports.flatMap(({ names, known }) => names.filter((name) => known.has(name)).map((name) => [name, known.get(name)])),
  );
  if (used.size > 0) writeFileSync(path, await inline(text, imports, used));
}
writeFileSync(record, told);

function readTexts() {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".js"));
  return new Map(paths.toSorted().map((path) => [join(folder, path), readFileSync(join(folder, path), "utf8")]));
}

function constantsOf(modules) {
  const exported = /^export const (\w+) = (\d+);$/gm;
  return new Map([...modules].map(([path, text]) => [path, new Map([...text.matchAll(exported)].map(([, name, value]) => [name, value]))]));
}

/** @returns {Promise<string>} the module with the constants' values, without their imports */
async function inline(text, imports, used) {
  const { forEachNode } = await import("./read-modules.mjs");
  const { ts } = await import("ts-morph");
  const tree = ts.createSourceFile("module.js", text, ts.ScriptTarget.Latest, true);
  const places = [];
  forEachNode(tree, (node) => {
    if (!ts.isIdentifier(node) || !used.has(node.text) || ts.isImportSpecifier(node.parent)) return;
    // A property, a parameter or a variable of that name stands for something else; the runtime has none.
    if (node.parent.name === node || node.parent.propertyName === node) throw new Error(`${node.text}: something else of that name.`);
    places.push(node);
  });
  let result = text;
  for (const node of places.toReversed()) result = result.slice(0, node.getStart()) + used.get(node.text) + result.slice(node.end);
  for (const { line, names, from, known } of imports) {
    const left = names.filter((name) => !known.has(name));
    if (left.length < names.length)
      result = result.replace(line, () => (left.length === 0 ? "" : `import { ${left.join(", ")} } from "${from}";\n`));
  }
  return result;
}
