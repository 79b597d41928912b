// Writes the numbers behind the runtime's imported constants (states and kinds of the parser) where they are used: engines read an imported
// binding from memory each time, which costs the streaming parser a tenth of its time (docs/benchmarks.md). Bundlers do the same, Node does
// not bundle. TypeScript's `const enum` would do it, but is no erasable syntax, which the inline runtime has to be.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../src/runtime/dist/", import.meta.url));
const texts = new Map(
  readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".js"))
    .map((path) => [join(folder, path), readFileSync(join(folder, path), "utf8")]),
);
const constants = new Map(
  [...texts].map(([path, text]) => [
    path,
    new Map([...text.matchAll(/^export const (\w+) = (\d+);$/gm)].map(([, name, value]) => [name, value])),
  ]),
);

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

/** @returns {Promise<string>} the module with the constants' values, without their imports */
async function inline(text, imports, used) {
  const { forEachNode } = await import("./read-modules.mjs");
  const { ts } = await import("ts-morph");
  const tree = ts.createSourceFile("module.js", text, ts.ScriptTarget.Latest, true);
  const places = [];
  forEachNode(tree, (node) => {
    if (!ts.isIdentifier(node) || !used.has(node.text) || ts.isImportSpecifier(node.parent)) return;
    // A name that stands for something else here would make this wrong; the runtime has none.
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) throw new Error(`${node.text}: a property of that name.`);
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
