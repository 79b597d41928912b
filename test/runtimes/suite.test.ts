import { expect, test } from "vitest";
import { cases } from "./cases.js";
import { startControlServer } from "./control-server.js";
import { runSuite } from "./suite.js";

// The suite that test/nightly/runtimes.nightly.ts runs elsewhere, here in this Node: what it asserts is true of the sources.
test("the suite of the runtimes", async () => {
  await using control = await startControlServer();
  const { results } = await runSuite(control.url);
  expect(results).toHaveLength(2 * Object.keys(cases).length);
  expect(results.filter(({ error }) => error !== undefined)).toEqual([]);
});
