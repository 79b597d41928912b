import { expect, test } from "vitest";
import { loadAjv } from "../../../src/emit/ajv-library.js";
import { compactValidators } from "../../../src/emit/compact-validators.js";
import { forAjv } from "../../../src/emit/for-ajv.js";
import { printPlain } from "../../../src/emit/plain/print-plain.js";
import { printByAjv } from "../../../src/emit/print-by-ajv.js";
import { readJsonSchema } from "../../../src/read/json/read-json-schema.js";
import { corpus } from "../corpus.js";
import { report } from "../report.js";

test("validators printed without Ajv are those it prints", async () => {
  const text = corpus("schemas-with-instances.jsonl.gz");
  if (text === undefined) return;
  const library = await loadAjv();
  let [all, plain, equal] = [0, 0, 0];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const { schema } = JSON.parse(line) as { readonly schema: unknown };
    const source = JSON.stringify(schema);
    for (const document of readJsonSchema("schemas/subject.json", { read: () => source }).documents) {
      all += 1;
      const projection = forAjv(document);
      const printed = printPlain(projection, "Subject");
      if (printed === undefined) continue;
      plain += 1;
      const byAjv = printByAjv(projection, library);
      if (printed.code === compactValidators(byAjv, "Subject").code) equal += 1;
    }
  }
  report("validators of schemas-with-instances", [
    { name: "printed without Ajv", reached: plain, of: all },
    { name: "equal to what Ajv prints", reached: equal, of: plain },
  ]);
  expect(plain).toBeGreaterThan(0);
});
