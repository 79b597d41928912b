import { writeFileSync } from "node:fs";
import { transform } from "esbuild";
import { expect, test } from "vitest";
import { generate } from "../../../src/generate.js";
import { typeCheck } from "../../emit/type-check.js";
import { corpus } from "../corpus.js";
import { report } from "../report.js";

interface Subject {
  readonly id: string;
  readonly schema: unknown;
}

/** Everything `schemacast generate` writes for the real-world schemas, type-checked as one strict program. */
test("generated files", async () => {
  const text = corpus("schemas-with-instances.jsonl.gz");
  if (text === undefined) return;
  const only = process.env["CONFORMANCE_ONLY"]?.split(",");
  const subjects = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Subject)
    .filter((subject) => only === undefined || only.some((part) => subject.id.includes(part)));
  const log: string[] = [];
  const files = new Map<string, string>();
  let generated = 0;
  for (const [index, { id, schema }] of subjects.entries()) {
    const source = `schemas/s${index}.json`;
    const input = JSON.stringify(schema);
    try {
      const [result] = await generate({
        root: "/",
        sources: [source],
        inputFolder: "schemas",
        outputFolder: "generated",
        files: { read: (path) => (path === source ? input : undefined) },
      });
      const error = result?.diagnostics.find((one) => one.severity === "error");
      if (result?.files.length === 0 || error) log.push(`generate ${id} ${error?.code} ${error?.message}`);
      else generated += 1;
      for (const file of result?.files ?? []) {
        files.set(file.path, file.text);
        // A codec is not type-checked (`@ts-nocheck`), but it must be a module: declarations that clash, syntax.
        await transform(file.text, { loader: "ts", format: "esm", logLevel: "silent" });
      }
    } catch (error) {
      log.push(`thrown ${id} ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const broken = new Set<string>();
  for (const fault of await typeCheck(files)) {
    broken.add(fault.file);
    log.push(`compile ${subjects[Number(/\d+/.exec(fault.file)?.[0])]?.id} ${fault.file}:${fault.line} ${fault.text}`);
  }
  if (process.env["CONFORMANCE_LOG"]) writeFileSync(`${process.env["CONFORMANCE_LOG"]}.files`, log.join("\n"));
  report("generated files of schemas-with-instances", [
    { name: "generated", reached: generated, of: subjects.length },
    { name: "compile", reached: generated - broken.size, of: generated },
  ]);
  expect(generated).toBeGreaterThan(0);
});
