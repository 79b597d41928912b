import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import * as validation from "@schemacast/runtime/validation";
import { loadAjv } from "../../dist/emit/ajv-library.js";
import { emitGuard } from "../../dist/emit/guard.js";
import { emitValidator } from "../../dist/emit/validator.js";
import { readJsonSchema } from "../../dist/read/json/read-json-schema.js";
import { writeSection } from "../write-section.js";

const corpora = process.env.SCHEMACAST_CORPORA ?? new URL("../../../shared/corpora", import.meta.url).pathname;

/**
 * What `guards: "first-error"` brings and costs, over real schemas and their instances: time of a verdict by the validator that collects
 * all faults over that by the one that stops at the first, the least of some rounds each, rounds interleaved; and length and time of making them.
 */
export default async function bench(options) {
  const { values } = parseArgs({ args: options, options: { every: { type: "string", default: "9" }, write: { type: "boolean" } } });
  const lines = gunzipSync(readFileSync(`${corpora}/schemas-with-instances.jsonl.gz`))
    .toString("utf8")
    .split("\n");
  const subjects = lines.filter((line, index) => line !== "" && index % Number(values.every) === 0).map((line) => JSON.parse(line));
  const library = await loadAjv();
  const total = { validator: { length: 0, time: 0 }, guard: { length: 0, time: 0 } };
  const ratios = { valid: [], invalid: [] };
  for (const { schema, tests } of subjects) {
    const text = JSON.stringify(schema);
    const [document] = readJsonSchema("a.json", { read: (path) => (path === "a.json" ? text : undefined) }).documents;
    const start = performance.now();
    const validator = await emitValidator(document, "User", async () => library);
    const between = performance.now();
    const guard = emitGuard(validator);
    total.validator.time += between - start;
    total.guard.time += performance.now() - between;
    total.validator.length += validator.code.length;
    total.guard.length += guard.code.length;
    for (const { data } of tests) {
      const [isValid, ratio] = compare(`${validator.code}\n${guard.code}`, [validator.root, guard.root], data);
      ratios[isValid ? "valid" : "invalid"].push(ratio);
    }
  }
  const row = (name, list) =>
    `| ${name} | ${list.length} | ${[0.1, 0.5, 0.9].map((part) => quantile(list, part).toFixed(1)).join(" | ")} |`;
  const section = `## Type guards (\`npm run bench guards -- --write\`)

\`guards: "first-error"\` against the validator that collects all faults: how many times as fast a verdict is, over every ${values.every}th schema of
the corpus (${subjects.length}) and its instances; Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}). Calls of a few nanoseconds vary.

| instances | | slowest tenth | median | fastest tenth |
|---|---|---|---|---|
${row("valid", ratios.valid)}
${row("invalid", ratios.invalid)}

The code of a guard is ${(total.guard.length / total.validator.length).toFixed(2)} times as long as its validator's; making it takes ${(total.guard.time / subjects.length).toFixed(2)} ms a schema, the validator ${(total.validator.time / subjects.length).toFixed(2)} ms.`;
  console.log(section);
  if (values.write) writeSection("guards", section);
}

/** The verdict, and the time of the first function over that of the second. */
function compare(code, names, data) {
  // Each function gets a loop of its own, so that none is measured with what the other taught the compiler.
  const loops = names.map((name) =>
    new Function(
      "$v",
      "data",
      `"use strict";\n${code}\nreturn (count) => { let valid = 0; for (let i = 0; i < count; i++) valid += ${name}(data) ? 1 : 0; return valid; };`,
    )(validation, data),
  );
  // Warmed up for the same time, not the same number of calls: short functions are compiled later.
  const counts = loops.map((loop) => {
    let [calls, time] = [0, 0];
    for (const start = performance.now(); time < 15; time = performance.now() - start) calls += warm(loop);
    return Math.max(1, Math.round((calls / time) * 2));
  });
  const times = [Infinity, Infinity];
  let valid = 0;
  for (let round = 0; round < 5; round += 1) {
    for (const [index, loop] of loops.entries()) {
      const start = performance.now();
      valid = loop(counts[index]);
      times[index] = Math.min(times[index], (performance.now() - start) / counts[index]);
    }
  }
  return [valid > 0, times[0] / times[1]];
}

function warm(loop) {
  loop(500);
  return 500;
}

function quantile(list, part) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length * part)] ?? Number.NaN;
}
