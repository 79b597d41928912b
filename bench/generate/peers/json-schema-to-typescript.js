import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

mkdirSync("out-types", { recursive: true });
for (const file of readdirSync("schemas")) {
  const schema = JSON.parse(readFileSync(`schemas/${file}`, "utf8"));
  writeFileSync(`out-types/${file}.d.ts`, await compile(schema, file, { format: false }));
}
