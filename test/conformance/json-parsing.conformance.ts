import { test } from "vitest";
import { parseJson } from "../../src/read/json/parse-json.js";
import { defaultLimits } from "../../src/read/json/limits.js";
import { toData } from "../../src/read/json/json-node.js";
import { corpus } from "./corpus.js";
import { report } from "./report.js";

// nst/JSONTestSuite: `y` must be accepted, `n` refused, `i` is free. Comments and trailing commas are let pass on purpose, with a
// warning: what is refused as an `n` file includes those, if they are told.

interface ParsingCase {
  readonly name: string;
  readonly expect: "y" | "n" | "i";
  readonly base64: string;
}

const text = corpus("json-parsing-test-suite.json.gz");

test.skipIf(text === undefined)("json-parsing-test-suite: the positions-keeping parser accepts JSON and nothing else", () => {
  const cases = JSON.parse(text ?? "") as readonly ParsingCase[];
  const outcomes = cases.map((found) => {
    const source = Buffer.from(found.base64, "base64").toString("utf8");
    const { root, diagnostics } = parseJson(found.name, source, defaultLimits);
    const oracle = parseOrUndefined(source);
    return {
      ...found,
      accepted: root !== undefined,
      told: diagnostics.length > 0,
      same: root === undefined || oracle === undefined || JSON.stringify(toData(root)) === JSON.stringify(oracle.value),
    };
  });
  const of = (kind: string): typeof outcomes => outcomes.filter((outcome) => outcome.expect === kind);
  const share = (all: typeof outcomes, holds: (outcome: (typeof outcomes)[number]) => boolean): { reached: number; of: number } => ({
    reached: all.filter(holds).length,
    of: all.length,
  });
  for (const { name } of of("y").filter(({ accepted }) => !accepted)) console.log(`  refused: ${name}`);
  for (const { name, told } of of("n").filter(({ accepted }) => accepted))
    console.log(`  let pass${told ? ", with a warning" : ""}: ${name}`);
  report("json-parsing-test-suite (reader)", [
    { name: "valid files accepted", ...share(of("y"), ({ accepted }) => accepted) },
    { name: "invalid files refused or told", ...share(of("n"), ({ accepted, told }) => !accepted || told) },
    { name: "value equal to JSON.parse's", ...share(outcomes, ({ same }) => same) },
  ]);
});

function parseOrUndefined(source: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(source) as unknown };
  } catch {
    return undefined;
  }
}
