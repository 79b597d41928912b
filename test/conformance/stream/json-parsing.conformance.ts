import { expect, test } from "vitest";
import { anyPlan, cut, readPieces } from "../../stream/read-pieces.js";
import { corpus } from "../corpus.js";

interface ParsingCase {
  readonly name: string;
  readonly expect: "y" | "n" | "i";
  readonly base64: string;
}

const limits = { depth: 200_000 };

/** The value, or the class of what was thrown. */
function outcome(read: () => unknown): { readonly value: unknown } | "refused" {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return "refused";
  }
}

/** Every split in two up to 2 KB, 64 of them above; and pieces of one. */
function splitsOf(text: string): readonly (readonly string[])[] {
  const step = text.length <= 2048 ? 1 : Math.ceil(text.length / 64);
  const splits: string[][] = [cut(text, 1)];
  for (let at = 0; at <= text.length; at += step) splits.push([text.slice(0, at), text.slice(at)]);
  return splits;
}

// The corpora's README says what is in them.
const cases = parsed("json-parsing-test-suite.json.gz") as readonly ParsingCase[] | undefined;

test.skipIf(cases === undefined)("json-parsing-test-suite: accepted and refused as JSON.parse does, at every split", () => {
  let accepted = 0;
  let refused = 0;
  for (const { name, expect: wanted, base64 } of cases ?? []) {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(base64, "base64"));
    const oracle = outcome(() => JSON.parse(text));
    if (wanted !== "i") expect(oracle === "refused", name).toBe(wanted === "n");
    // The comparison of a nest of 100,000 would overflow the test's own stack.
    const deep = text.length > 50_000;
    for (const pieces of deep ? [[text]] : splitsOf(text)) {
      const ours = outcome(() => readPieces(anyPlan, pieces, { limits }));
      if (ours === "refused" || oracle === "refused") expect(ours, name).toBe(oracle);
      else expect(ours, name).toStrictEqual(oracle);
    }
    if (oracle === "refused") refused++;
    else accepted++;
  }
  console.log(`json-parsing-test-suite: ${accepted} accepted, ${refused} refused, all as JSON.parse does`);
  expect(accepted + refused).toBe(318);
});

const naughty = parsed("naughty-strings.json.gz") as readonly string[] | undefined;

test.skipIf(naughty === undefined)("naughty-strings: as values and as keys, at every split", () => {
  for (const string of naughty ?? []) {
    for (const value of [[string], JSON.parse(`{${JSON.stringify(string)}:1}`) as unknown]) {
      const text = JSON.stringify(value);
      for (const pieces of splitsOf(text)) expect(readPieces(anyPlan, pieces)).toStrictEqual(value);
    }
  }
  console.log(`naughty-strings: ${naughty?.length} as values and as keys`);
});

function parsed(name: string): unknown {
  const text = corpus(name);
  return text === undefined ? undefined : JSON.parse(text);
}
