import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { corpus } from "../corpus.js";
import { report, type Row } from "../report.js";
import { judge, plain, type MessyCase, type Verdict } from "./judge-messy.js";
import { parseMessyCase } from "./parse-messy-case.js";

const tiers = [
  { tier: "A", policy: "safe" },
  { tier: "A", policy: "lenient" },
  { tier: "B", policy: "safe" },
  { tier: "B", policy: "lenient" },
  { tier: "C", policy: "lenient" },
] as const;

// Tier A is to be read under `safe`, tier B under `lenient`; a `lossy` case may rightly be refused, but never pass in silence.
test("messy output, by the reader alone", () => {
  const silent: string[] = [];
  const rows = tiers.map(({ tier, policy }) => {
    const verdicts = casesOf(tier).map((messy) => judge(messy, policy));
    silent.push(...verdicts.filter((verdict) => verdict.silent).map((verdict) => `${verdict.case.id} under ${policy}`));
    return row(`tier ${tier}, ${policy}`, verdicts, isReached);
  });
  report("messy output", rows);
  expect(silent).toEqual([]);
});

// The same through reading, lowering, decoding and `parse`, as generated code does it: the wire schema is another than the case's.
test("messy output, through a spec", () => {
  const rows = tiers.map(({ tier, policy }) =>
    row(
      `tier ${tier}, ${policy}`,
      casesOf(tier)
        .filter(({ mode }) => mode === "final")
        .map((messy) => ({ case: messy, right: isParsed(messy, policy) })),
      ({ right }) => right,
    ),
  );
  report("messy output through a spec", rows);
});

function casesOf(tier: MessyCase["tier"]): readonly MessyCase[] {
  // Parse boundary: the corpus' README gives the shape.
  const all = JSON.parse(corpus("messy-output-cases.json.gz") ?? "[]") as MessyCase[];
  return all.filter((messy) => messy.tier === tier);
}

function row<T extends { readonly case: MessyCase }>(name: string, results: readonly T[], isRight: (result: T) => boolean): Row {
  const missed = results.filter((result) => !isRight(result)).map((result) => result.case.id.replace(/^baml\//, ""));
  if (missed.length > 0) console.log(`  ${name}: missed ${missed.join(", ")}`);
  return { name, reached: results.length - missed.length, of: results.length };
}

function isReached({ outcome, case: messy }: Verdict): boolean {
  return outcome === "right" || (outcome === "refused" && messy.lossy !== undefined);
}

function isParsed(messy: MessyCase, policy: "safe" | "lenient"): boolean {
  try {
    const value = parseMessyCase(messy, policy);
    return messy.error !== true && isDeepStrictEqual(plain(value, messy), plain(messy.expected, messy));
  } catch {
    return messy.error === true || messy.lossy !== undefined;
  }
}
