import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from "quicktype-core";

mkdirSync("out-quicktype", { recursive: true });
for (const file of readdirSync("schemas")) {
  const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
  await input.addSource({ name: file.replace(".json", ""), schema: readFileSync(`schemas/${file}`, "utf8") });
  const data = new InputData();
  data.addInput(input);
  const { lines } = await quicktype({ inputData: data, lang: "typescript", rendererOptions: { "just-types": "true" } });
  writeFileSync(`out-quicktype/${file}.ts`, lines.join("\n"));
}
