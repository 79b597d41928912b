import { expect, test } from "vitest";
import { corpus } from "../corpus.js";
import { report } from "../report.js";
import { judge, type MessyCase, type Verdict } from "./judge-messy.js";

const tiers = [
  { tier: "A", policy: "safe" },
  { tier: "A", policy: "lenient" },
  { tier: "B", policy: "safe" },
  { tier: "B", policy: "lenient" },
  { tier: "C", policy: "lenient" },
] as const;

// Tier A is to be read under `safe`, tier B under `lenient`; a `lossy` case may rightly be refused, but never pass in silence.
test("messy output", () => {
  const text = corpus("messy-output-cases.json.gz");
  if (text === undefined) return;
  // Parse boundary: the corpus' README gives the shape.
  const cases = JSON.parse(text) as MessyCase[];
  const silent: string[] = [];
  const rows = tiers.map(({ tier, policy }) => {
    const verdicts = cases.filter((messy) => messy.tier === tier).map((messy) => judge(messy, policy));
    silent.push(...verdicts.filter((verdict) => verdict.silent).map((verdict) => `${verdict.case.id} under ${policy}`));
    const missed = verdicts.filter((verdict) => !isReached(verdict));
    console.log(`  ${tier} ${policy}: missed ${missed.map((verdict) => verdict.case.id.replace(/^baml\//, "")).join(", ") || "none"}`);
    return { name: `tier ${tier}, ${policy}`, reached: verdicts.length - missed.length, of: verdicts.length };
  });
  report("messy output", rows);
  expect(silent).toEqual([]);
});

function isReached({ outcome, case: messy }: Verdict): boolean {
  return outcome === "right" || (outcome === "refused" && messy.lossy !== undefined);
}
