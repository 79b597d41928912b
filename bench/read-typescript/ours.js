// Reads every schemas/*.ts of the current folder with schemacast's reader: a schema for each exported type, as the peer's script does.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiledCode } from "../../dist/config/compiled-code.js";
import { readTypeScript } from "../../dist/read/typescript/read-typescript.js";

const root = process.cwd();
const sources = readdirSync("schemas").map((name) => `schemas/${name}`);
const read = (path) => {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
};
const results = readTypeScript({
  root,
  sources,
  files: { read },
  ...(process.argv[2] === "cached" && { compiledCode: compiledCode(root) }),
});
const schemas = {};
for (const { documents, diagnostics } of results.values()) {
  if (diagnostics.some((one) => one.severity === "error")) throw new Error(JSON.stringify(diagnostics));
  for (const { name, schema } of documents) schemas[name] = schema;
}
writeFileSync("out.json", JSON.stringify(schemas));
