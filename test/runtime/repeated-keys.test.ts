import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { extractGlossary, extractGlossaryList, streamGlossary } from "../../generated/glossary.js";
import { extractTicketLabels } from "../../generated/ticket-labels.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { repeatedKeys } from "../../src/runtime/call/repeated-keys.js";

const terms = [
  { key: "a", value: "first" },
  { key: "b", value: "other" },
  { key: "a", value: "last" },
];
const told = 'The map at terms was given "a" more than once; the last one counts.';

let emulator: Emulator;
let options: { readonly client: Cerebras; readonly model: string };
beforeEach(async () => {
  emulator = await startEmulator();
  options = { client: new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false }), model: "gpt-oss-120b" };
});
afterEach(() => emulator.close());

test("a key that a map is given twice: the last one counts, and that is told", async () => {
  emulator.enqueue({ value: { language: "en", terms } });
  const { value, warnings } = await extractGlossary("…", options).withDetails();
  expect(value).toEqual({ language: "en", terms: { a: "last", b: "other" } });
  expect(warnings).toEqual([told]);
});

test("in streams and in lists too", async () => {
  emulator.enqueue(
    { value: { language: "en", terms } },
    {
      value: {
        items: [
          { language: "en", terms: terms.slice(0, 2) },
          { language: "en", terms },
        ],
      },
    },
  );
  expect((await streamGlossary("…", options).withDetails()).warnings).toEqual([told]);
  expect((await extractGlossaryList("…", options).withDetails()).warnings).toEqual([told.replace("terms", "1.terms")]);
});

test("a map of maps, a wrapped root; a list of keys and values is no map", () => {
  expect(repeatedKeys([{ key: "x", value: terms }], { x: { a: "last", b: "other" } })).toEqual([told.replace("terms", "x")]);
  expect(repeatedKeys({ value: terms }, { a: "last", b: "other" })).toEqual([told.replace(" at terms", "")]);
  expect(repeatedKeys({ terms }, { terms })).toEqual([]);
  expect(repeatedKeys({ terms }, undefined)).toEqual([]);
});

test("nothing is told where no key comes twice", async () => {
  expect((await extractTicketLabels("…", options).withDetails()).warnings).toEqual([]);
  emulator.enqueue({ value: { language: "en", terms: terms.slice(0, 2) } });
  expect((await extractGlossary("…", options).withDetails()).warnings).toEqual([]);
});
