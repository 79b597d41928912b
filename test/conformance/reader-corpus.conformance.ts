import { expect, test } from "vitest";
import { judge } from "../read-json/ajv-of-draft.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import { corpus } from "./corpus.js";
import { report } from "./report.js";
import { oracleFor } from "./schemas/ajv-oracle.js";

// Real-world schemas: what the reader makes of each, judged by Ajv 2020, against Ajv of the schema's own draft on what was written.

interface Case {
  readonly id: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly valid: boolean; readonly data: unknown }[];
}

const text = corpus("schemas-with-instances.jsonl.gz");

test.skipIf(text === undefined)("schemas-with-instances: read without an error, and with Ajv's verdict", () => {
  const cases = (text ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Case);
  const unread: string[] = [];
  const differing: string[] = [];
  let instances = 0;
  let withoutVerdict = 0;
  for (const { id, schema, tests } of cases) {
    const source = JSON.stringify(schema);
    const { documents, diagnostics } = readJsonSchema("schema.json", { read: (path) => (path === "schema.json" ? source : undefined) });
    if (documents.length === 0) unread.push(`${id}: ${diagnostics.find(({ severity }) => severity === "error")?.message ?? "no document"}`);
    const original = oracleFor(schema);
    const ours = documents[0] && compileOrSkip(documents[0].schema);
    if (typeof original !== "function" || !ours) {
      withoutVerdict++;
      continue;
    }
    for (const { data } of tests) {
      instances++;
      if (ours(data) !== original(data)) differing.push(id);
    }
  }
  console.log(`  without a verdict of Ajv's own: ${withoutVerdict} schemas`);
  if (unread.length > 0) console.log(`  not read:\n    ${unread.join("\n    ")}`);
  report("schemas-with-instances (reader)", [
    { name: "read without an error", reached: cases.length - unread.length, of: cases.length },
    { name: "same verdict as Ajv of the schema's draft", reached: instances - differing.length, of: instances },
  ]);
  expect(differing).toEqual([]);
});

/** Patterns that only an engine without the `u` flag takes are a matter of the validator, not of the reader. */
function compileOrSkip(schema: unknown): ((value: unknown) => boolean) | undefined {
  try {
    return judge("2020-12", schema);
  } catch {
    return undefined;
  }
}
