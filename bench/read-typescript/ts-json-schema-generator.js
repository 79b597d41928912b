// One program for all files; a schema for each exported type, each with what it needs.
import { readdirSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const generator = createGenerator({ path: "schemas/*.ts", tsconfig: "tsconfig.json", skipTypeCheck: true });
const schemas = {};
for (const file of readdirSync("schemas")) {
  const name = file.replace(/\.ts$/, "");
  for (const type of [`${name}Part`, `${name}Place`, name]) schemas[type] = generator.createSchema(type);
}
writeFileSync("out.json", JSON.stringify(schemas));
