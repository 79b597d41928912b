import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiError, type EachResult } from "@schemacast/runtime";
import { expect, test } from "vitest";
import { readBatchOptions } from "../../src/cli/batch/batch-options.js";
import { BatchProgress } from "../../src/cli/batch/batch-progress.js";
import { BatchState } from "../../src/cli/batch/batch-state.js";
import type { DocumentEntry } from "../../src/cli/batch/entry.js";
import { openEntries } from "../../src/cli/batch/open-entries.js";
import { runBatch, type BatchSummary } from "../../src/cli/batch/run-batch.js";
import { Spending } from "../../src/cli/batch/spending.js";
import { paletteFor } from "../../src/cli/palette.js";
import { makeProject } from "./run-cli.js";

const unreachable = new ApiError("The API could not be reached: connect ECONNREFUSED");
const busy = new ApiError("The API answered 503: busy", { status: 503 });
const wrong = new ApiError("The API answered 400: too long", { status: 400 });
const timing = { queueTime: 0, promptTime: 0, completionTime: 0, totalTime: 0, wallTime: 0 };
const details = { model: "m", timing, attempts: [], repairs: [], warnings: [] };

type Outcome = "value" | ApiError;

/** A batch over as many documents as outcomes, and the keys in its two files. */
async function run(outcomes: readonly Outcome[], ...flags: readonly string[]): Promise<BatchSummary & { readonly errors: number }> {
  const root = makeProject({ "docs.jsonl": outcomes.map((_, index) => `"Document ${index}"`).join("\n") });
  const asked = { in: "docs.jsonl", out: "out.jsonl", ...Object.fromEntries(flags.map((flag) => [flag, true])) };
  const read = readBatchOptions({ command: "batch", options: asked, positionals: ["schema.json"] }, root);
  if ("problem" in read) throw new Error(read.problem);
  const { options } = read;
  const noPipe = { append() {}, close() {} };
  const state = await BatchState.open(options, { results: noPipe, errors: noPipe });
  const stream = { write: () => true };
  const summary = await runBatch({
    options,
    state,
    async *send(documents): AsyncGenerator<EachResult<unknown, DocumentEntry>> {
      for await (const input of documents) {
        const index = Number(input.key) - 1;
        const outcome = outcomes[index] ?? "value";
        const place = { key: input.key, index, input };
        yield outcome === "value"
          ? { ...place, ok: true, value: {}, details: { ...details, value: {} } }
          : { ...place, ok: false, error: outcome };
      }
    },
    source: openEntries(options),
    spending: new Spending({ prices: {} }),
    progress: new BatchProgress({ stream, palette: paletteFor({ isTTY: false }, {}), manner: "off", now: () => 0 }),
    drain: new AbortController().signal,
    abort: new AbortController().signal,
  });
  await state.close();
  const path = join(root, "out.errors.jsonl");
  return { ...summary, errors: existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n").length : 0 };
}

const times = (count: number, outcome: Outcome): readonly Outcome[] => Array.from({ length: count }, () => outcome);

test("an API that is out of reach for ten documents in a row ends the run, and none of them has failed", async () => {
  expect(await run(["value", "value", ...times(30, unreachable)])).toEqual({
    succeeded: 2,
    failed: 0,
    skipped: 0,
    errors: 0,
    stopped: "10 documents in a row got no answer, and are left: The API could not be reached: connect ECONNREFUSED",
  });
  expect((await run([...times(5, busy), ...times(5, unreachable)])).stopped).toContain("10 documents in a row");
});

test("where it answers again, what failed has failed", async () => {
  const some = [...times(9, busy), "value", ...times(9, unreachable), wrong, ...times(3, busy)] as const;
  expect(await run(some)).toEqual({ succeeded: 1, failed: 22, skipped: 0, errors: 22 });
});

test("--fail-fast stops at the first", async () => {
  expect(await run(times(3, busy), "fail-fast")).toMatchObject({ failed: 1, errors: 1, stopped: "--fail-fast" });
});
