import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { emitValidator } from "../../../src/emit/validator.js";
import { readJsonSchema } from "../../../src/read/json/read-json-schema.js";
import type { RemoteLookup } from "../../../src/read/json/remote-lookup.js";
import { loadValidator } from "../../emit/load-validator.js";
import { corpus } from "../corpus.js";
import { report } from "../report.js";

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

interface Suite {
  readonly drafts: Readonly<Record<string, Readonly<Record<string, readonly Group[]>>>>;
  readonly remotes: Readonly<Record<string, unknown>>;
}

const drafts = [
  { name: "draft7", uri: "http://json-schema.org/draft-07/schema#" },
  { name: "draft2020-12", uri: "https://json-schema.org/draft/2020-12/schema" },
];

type Judge = (value: unknown) => boolean;

/** Plain Ajv 8 of the draft. */
function ajvJudge(suite: Suite, draft: string, schema: unknown): Judge | string {
  const options = { strict: false, logger: false, validateFormats: true } as const;
  const ajv = addFormats.default(draft === "draft7" ? new Ajv(options) : new Ajv2020(options));
  try {
    for (const [uri, remote] of Object.entries(suite.remotes)) {
      if (!uri.includes("/draft") || uri.includes(`/${draft}/`)) ajv.addSchema(remote as object, uri, undefined, false);
    }
    const validate = ajv.compile(schema as object);
    return (value) => validate(value);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function ourJudge(suite: Suite, uri: string, schema: unknown): Promise<Judge | string> {
  const text = JSON.stringify(typeof schema === "object" && schema !== null ? { $schema: uri, ...schema } : schema);
  const read = (path: string): string | undefined => (path === "schemas/subject.json" ? text : undefined);
  const remote: RemoteLookup = (address) => {
    const found = suite.remotes[address.replace(/#$/, "")];
    return found === undefined ? undefined : { kind: "text", text: JSON.stringify(found) };
  };
  try {
    const { documents, diagnostics } = readJsonSchema("schemas/subject.json", { read }, { remote });
    const document = documents[0];
    if (!document) return diagnostics.map((one) => one.message).join("; ");
    return loadValidator(await emitValidator(document, "Subject")).root;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Ajv's own code for some dynamic references never ends. */
function attempt(judge: Judge, value: unknown): boolean | undefined {
  try {
    return judge(value);
  } catch {
    return undefined;
  }
}

test("JSON-Schema-Test-Suite: as plain Ajv 8, and where that errs no worse", async () => {
  const text = corpus("json-schema-test-suite.json.gz");
  if (text === undefined) return;
  const suite = JSON.parse(text) as Suite;
  const log: string[] = [];
  const misses: string[] = [];
  for (const { name, uri } of drafts) {
    let [tests, asAjv, right, ajvRight, better] = [0, 0, 0, 0, 0];
    for (const [file, groups] of Object.entries(suite.drafts[name] ?? {})) {
      for (const group of groups) {
        const oracle = ajvJudge(suite, name, group.schema);
        const ours = await ourJudge(suite, uri, group.schema);
        if (typeof ours === "string") log.push(`${name} ${file} "${group.description}" refused: ${ours}`);
        for (const one of group.tests) {
          tests += 1;
          const verdict = typeof ours === "string" ? undefined : ours(one.data);
          const theirs = typeof oracle === "string" ? undefined : attempt(oracle, one.data);
          if (verdict === one.valid) right += 1;
          if (theirs === one.valid) ajvRight += 1;
          if (verdict === theirs) asAjv += 1;
          else if (verdict === one.valid) better += 1;
          if (theirs !== one.valid)
            misses.push(`${name} ${file} "${group.description}": ${one.description}${verdict === one.valid ? " (ours is right)" : ""}`);
          if (verdict !== theirs && verdict !== one.valid)
            log.push(`${name} ${file} "${group.description}": "${one.description}" ours ${String(verdict)}, right ${one.valid}`);
        }
      }
    }
    report(`JSON-Schema-Test-Suite ${name}`, [
      { name: "as plain Ajv 8", reached: asAjv, of: tests },
      { name: "as plain Ajv 8, or right where it errs", reached: asAjv + better, of: tests },
      { name: "right by the suite", reached: right, of: tests },
      { name: "plain Ajv 8 right by the suite", reached: ajvRight, of: tests },
    ]);
  }
  console.log(`Ajv's own misses (${misses.length}):\n${misses.map((line) => `  ${line}`).join("\n")}`);
  if (process.env["CONFORMANCE_LOG"]) writeFileSync(`${process.env["CONFORMANCE_LOG"]}.suite`, log.join("\n"));
  expect(log.length).toBeLessThanOrEqual(1000);
});
