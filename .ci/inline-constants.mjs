import { ts } from "ts-morph";
import { forEachNode } from "./read-modules.mjs";

/**
 * Writes the numbers behind constants (states and kinds of the streaming parser) where they are used: engines read what a module exports
 * from memory each time, which costs the parser a tenth of its time (docs/benchmarks.md). TypeScript's `const enum` would do it, but is no
 * erasable syntax, which the inline runtime has to be.
 *
 * @param {ReadonlyMap<string, string>} files JavaScript by name, in which a name stands for one thing in all files
 * @returns {ReadonlyMap<string, string>} the same without the constants
 */
export function inlineConstants(files) {
  const declaration = /^(?:\/\*\*(?:(?!\*\/)[^])*\*\/\n|\/\/ .*\n)*(?:export )?const ([A-Z][A-Z_]*) = (\d+);\n/gm;
  const values = new Map([...files.values()].flatMap((text) => [...text.matchAll(declaration)].map(([, name, value]) => [name, value])));
  const isUsed = new RegExp(`\\b(?:${[...values.keys()].join("|")})\\b`);
  return new Map([...files].map(([name, text]) => [name, isUsed.test(text) ? inline(text.replace(declaration, ""), values) : text]));
}

function inline(text, values) {
  const tree = ts.createSourceFile("file.js", text, ts.ScriptTarget.Latest, true);
  const edits = [];
  forEachNode(tree, (node) => {
    if (ts.isImportDeclaration(node)) return edits.push(...withoutConstants(node, values));
    if (!ts.isIdentifier(node) || !values.has(node.text) || ts.isImportSpecifier(node.parent)) return;
    // A property, a parameter or a variable of that name would stand for something else; the runtime has none.
    if (node.parent.name === node || node.parent.propertyName === node) throw new Error(`${node.text}: something else of that name.`);
    edits.push({ node, value: `${values.get(node.text)} /* ${node.text} */` });
  });
  let result = text;
  for (const { node, value } of edits.toReversed()) result = result.slice(0, node.getStart()) + value + result.slice(node.end);
  return result;
}

/** The import with what is left of it. */
function withoutConstants(node, values) {
  const names = node.importClause.namedBindings.elements.map(({ name }) => name.text);
  const left = names.filter((name) => !values.has(name));
  if (left.length === names.length) return [];
  return [{ node, value: left.length === 0 ? "" : `import { ${left.join(", ")} } from ${node.moduleSpecifier.getText()};` }];
}
