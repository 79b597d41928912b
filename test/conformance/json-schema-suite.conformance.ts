import { expect, test } from "vitest";
import { schemaUris } from "../read-json/ajv-of-draft.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";
import { corpus } from "./corpus.js";
import { report } from "./report.js";
import { suiteAjv } from "./suite-ajv.js";

// The official suite: each group's schema through the reader, the result judged by plain Ajv 2020, against plain Ajv of the draft on
// the schema as it is, and against the suite's own word.

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

interface Suite {
  readonly drafts: Readonly<Record<string, Readonly<Record<string, readonly Group[]>>>>;
  readonly remotes: Readonly<Record<string, unknown>>;
}

interface Outcome {
  readonly name: string;
  readonly valid: boolean;
  /** A verdict, or why there is none. */
  readonly ours: boolean | string;
  readonly ajv: boolean | string;
}

const text = corpus("json-schema-test-suite.json.gz");

test.skipIf(text === undefined)("json-schema-test-suite: the normalised schema means what the original means", () => {
  const suite = JSON.parse(text ?? "") as Suite;
  for (const [draft, files] of Object.entries(suite.drafts)) {
    const outcomes = Object.entries(files).flatMap(([file, groups]) => groups.flatMap((group) => judgeGroup(suite, draft, file, group)));
    const count = (holds: (outcome: Outcome) => boolean): { reached: number; of: number } => ({
      reached: outcomes.filter(holds).length,
      of: outcomes.length,
    });
    report(`json-schema-test-suite ${draft} (reader)`, [
      { name: "the schema is read", ...count(({ ours }) => typeof ours === "boolean") },
      {
        name: "same verdict as plain Ajv, or the suite's where Ajv misses it",
        ...count(({ ours, ajv, valid }) => ours === ajv || ours === valid),
      },
      { name: "same verdict as plain Ajv", ...count(({ ours, ajv }) => ours === ajv) },
      { name: "verdict of the suite", ...count(({ ours, valid }) => ours === valid) },
      { name: "verdict of the suite, plain Ajv alone", ...count(({ ajv, valid }) => ajv === valid) },
    ]);
    listMisses(
      "Ajv misses, right here",
      outcomes.filter(({ ours, ajv, valid }) => ours === valid && ajv !== valid),
    );
    listMisses(
      "missed by Ajv and here",
      outcomes.filter(({ ours, ajv, valid }) => ours !== valid && ajv !== valid),
    );
    expect(outcomes.filter(({ ours, ajv, valid }) => ours !== ajv && ours !== valid)).toEqual([]);
  }
});

function judgeGroup(suite: Suite, draft: string, file: string, group: Group): readonly Outcome[] {
  const plain = attempt(() => suiteAjv(draft, suite.remotes)(group.schema));
  const ours = attempt(() => suiteAjv("draft2020-12", {})(normalised(suite, draft, group.schema)));
  return group.tests.map(({ description, data, valid }) => ({
    name: `${file}: ${group.description}: ${description}`,
    valid,
    ours: typeof ours === "string" ? ours : attempt(() => ours(data)),
    ajv: typeof plain === "string" ? plain : attempt(() => plain(data)),
  }));
}

/** What the reader makes of a schema of the suite; most say their draft by where they stand only. */
function normalised(suite: Suite, draft: string, schema: unknown): unknown {
  const uri = schemaUris[draft === "draft7" ? "07" : "2020-12"];
  const source = JSON.stringify(typeof schema === "object" ? { $schema: uri, ...schema } : schema);
  const { documents, diagnostics } = readJsonSchema(
    "schema.json",
    { read: (path) => (path === "schema.json" ? source : undefined) },
    {
      remote: (address) =>
        Object.hasOwn(suite.remotes, address) ? { kind: "text", text: JSON.stringify(suite.remotes[address]) } : undefined,
    },
  );
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) throw new Error(`${error.code}: ${error.message}`);
  return documents[0]?.schema;
}

function attempt<T>(action: () => T): T | string {
  try {
    return action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** By file, with the number of tests: the whole list of formats that nobody checks fills pages. */
function listMisses(title: string, outcomes: readonly Outcome[]): void {
  const files = new Map<string, number>();
  for (const { name } of outcomes) {
    const file = name.slice(0, name.indexOf(":"));
    files.set(file, (files.get(file) ?? 0) + 1);
  }
  console.log(`  ${title}: ${[...files].map(([file, count]) => `${file} ${count}`).join(", ") || "none"}`);
}
