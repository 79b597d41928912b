import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { extractEach } from "../../src/runtime/each/extract-each.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { extract } from "../../src/runtime/extract.js";
import type { Attempt, Usage } from "../../src/runtime/options.js";
import { callScript, type CallScript, scriptedClient, truth } from "./call-script.js";
import { shortenWaits } from "./short-waits.js";
import { userSpec } from "./user-spec.js";

/** Many documents, each of which goes wrong in its own way. */
const runs = process.env["TEST_HARDER"] === undefined ? 30 : 500;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ models: ["another"], maxRecorded: 10 });
});
afterAll(() => emulator.close());
beforeEach(() => void shortenWaits());
afterEach(() => vi.unstubAllGlobals());

async function law(
  scripts: readonly CallScript[],
  { concurrency, ordered }: { readonly concurrency: number; readonly ordered: boolean },
): Promise<void> {
  const documents = scripts.map((script, index) => ({
    key: String(index),
    script,
    sent: scriptedClient(script, emulator, "each"),
    tries: 0,
  }));
  let usage: Usage | undefined;
  let known = 0;
  const counted = async <D extends { readonly attempts: readonly Attempt[] }>(running: Promise<D>): Promise<D> => {
    const { attempts } = await running.catch((error: unknown) => {
      count(ExtractionError.is(error) ? error.attempts : []);
      throw error;
    });
    count(attempts);
    return running;
  };
  const count = (attempts: readonly Attempt[] = []): void => {
    for (const attempt of attempts) known += attempt.usage?.totalTokens ?? 0;
  };
  const results = extractEach(
    (text, options) => {
      const document = documents[Number(text)] ?? expect.fail("no such document");
      document.tries++;
      const { maxRetries = 2, fallbackModels = [] } = document.script.options;
      const { client } = document.sent;
      const call = extract(userSpec, text, { ...options, client, maxRetries, fallbackModels, idleTimeout: 60 });
      const withDetails = call.withDetails.bind(call);
      return Object.assign(call, { withDetails: () => counted(withDetails()) });
    },
    documents.map(({ key }) => key),
    // Time flies: its waits are those of a provider that has no room.
    { concurrency, ordered, maxTries: 3, clock: () => performance.now() * 500, onProgress: (progress) => void (usage = progress.usage) },
  );
  const keys: string[] = [];
  for await (const result of results) {
    keys.push(result.key);
    if (result.ok) expect(result.value).toEqual(truth[0]);
    else expect(ExtractionError.is(result.error)).toBe(true);
  }
  expect(ordered ? keys : keys.toSorted((one, other) => Number(one) - Number(other))).toEqual(documents.map(({ key }) => key));
  expect(usage?.totalTokens ?? 0).toBe(known);
  for (const { tries } of documents) expect(tries).toBeLessThanOrEqual(3);
}

test("every document has one result, a value or a named error, and all tokens are counted", async () => {
  const options = fc.record({ concurrency: fc.integer({ min: 1, max: 6 }), ordered: fc.boolean() });
  await fc.assert(fc.asyncProperty(fc.array(callScript, { minLength: 1, maxLength: 12 }), options, law), { numRuns: runs });
}, 600_000);
