// One program for all files, as its own documentation has it; one schema for each file's main type.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const generator = createGenerator({ path: "schemas/*.ts", tsconfig: "tsconfig.json", skipTypeCheck: true });
mkdirSync("out", { recursive: true });
for (const file of readdirSync("schemas")) {
  const name = file.replace(/\.ts$/, "");
  writeFileSync(`out/${name}.json`, JSON.stringify(generator.createSchema(name)));
}
