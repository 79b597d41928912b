import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isRare } from "../../src/emit/rare-plan.js";
import { decode } from "../../src/runtime/decode.js";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import { Misfit } from "../../src/runtime/json/misfit.js";
import { PastLimit } from "../../src/runtime/json/past-limit.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import { RareScanner } from "../../src/runtime/json/rare-scanner.js";
import { JsonSyntaxError } from "../../src/runtime/json/json-syntax-error.js";
import type { Plan } from "../../src/runtime/spec.js";
import { fitting, misfit } from "../stream/arbitraries.js";
import { chanceOf, mutate } from "../stream/mutate.js";
import { anyPlan, cut } from "../stream/read-pieces.js";

/** `SCHEMACAST_FUZZ_SECONDS`, `SCHEMACAST_FUZZ_SEED`: how long, and from where. */
const seconds = Number(process.env["SCHEMACAST_FUZZ_SECONDS"] ?? 60);
const seed = Number(process.env["SCHEMACAST_FUZZ_SEED"] ?? Date.now() % 1_000_000);

interface Input {
  readonly plan: Plan;
  readonly text: string;
}

/** Tells of the ways that the scanner has gone: pairs of what it was doing before and after a character. */
class TracedScanner extends RareScanner {
  /** While a string grows, its last character is whole; a high surrogate before one that waits is known to stay alone. */
  get showsHalf(): boolean {
    return this.growing && this.surrogate === "" && (this.text.charCodeAt(this.text.length - 1) & 0xfc00) === 0xd800;
  }

  trace(ways: Set<number>, before: number): number {
    const { kind, flags, mask, bag, veil, list } = this.frame;
    const facts = [bag !== undefined, veil, list, mask !== 0, this.growing, this.visible, this.frozen, this.surrogate !== "", this.inKey];
    const now = facts.reduce((bits, fact) => bits * 2 + Number(fact), (this.state * 16 + kind) * 8 + flags);
    ways.add(before * 2 ** 17 + now);
    return now;
  }
}

/** What programs have whose plans are not rare. */
function readPlain({ plan, text }: Input): Outcome {
  const scanner = new JsonScanner(compilePlan(plan), { defs: plan.defs });
  try {
    for (const piece of cut(text, 3)) {
      scanner.write(piece);
      scanner.snapshot();
    }
    return { value: scanner.end() };
  } catch (error) {
    return { error };
  }
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

function read({ plan, text }: Input, length: () => number, { ways, live = false }: { ways?: Set<number>; live?: boolean } = {}): Outcome {
  const scanner = new TracedScanner(compilePlan(plan, [], rareKinds), { defs: plan.defs, live });
  try {
    let before = 0;
    for (let at = 0, to = 0; at < text.length; at = to) {
      to = at + length();
      scanner.write(text.slice(at, to));
      scanner.snapshot();
      if (scanner.showsHalf) throw new Error("half a character shows");
      if (ways !== undefined) before = scanner.trace(ways, before);
    }
    return { value: scanner.end() };
  } catch (error) {
    return { error };
  }
}

function oracle(text: string): Outcome {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error };
  }
}

/** What is wrong with the way the text is read; nothing if all is well. */
function judge(input: Input, outcome: Outcome, split: Outcome): string | undefined {
  const wanted = oracle(input.text);
  for (const one of [outcome, split]) {
    if ("error" in one) {
      const { error } = one;
      if (error instanceof PastLimit || error instanceof Misfit) continue;
      if (!(error instanceof JsonSyntaxError)) return `threw ${String(error)}`;
      if ("value" in wanted) return `refused what JSON.parse accepts: ${error.message}`;
    } else if ("error" in wanted) return "accepted what JSON.parse refuses";
    else if (!isDeepStrictEqual(one.value, decode(input.plan, wanted.value))) return `read another value: ${JSON.stringify(one.value)}`;
  }
  if ("error" in outcome !== "error" in split) return "whether it is refused depends on the split";
  if (!("error" in outcome && "error" in split)) return undefined;
  const [one, other] = [outcome.error, split.error];
  if (!(one instanceof JsonSyntaxError && other instanceof JsonSyntaxError)) return undefined;
  return one.offset === other.offset && one.expected === other.expected
    ? undefined
    : `the split changes the error: ${one.message} | ${other.message}`;
}

/** Mutated texts; what makes the scanner go a new way is mutated further. */
test(`fuzzing for ${seconds} s from seed ${seed}`, () => {
  const chance = chanceOf(seed);
  const below = (count: number): number => Math.floor(chance() * count);
  const cases = [...fc.sample(fitting, { numRuns: 400, seed }), ...fc.sample(misfit, { numRuns: 100, seed })];
  const corpus: Input[] = cases.flatMap(({ plan, wire }) => {
    const text = JSON.stringify(wire);
    return [
      { plan, text },
      { plan: anyPlan, text: JSON.stringify(wire, null, 1) },
    ];
  });
  const ways = new Set<number>();
  for (const input of corpus) read(input, () => 1, { ways });
  const before = { ways: ways.size, corpus: corpus.length };
  const findings = new Map<string, Input>();
  let runs = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end && findings.size < 10; runs++) {
    const { plan, text } = corpus[below(corpus.length)] ?? { plan: anyPlan, text: "" };
    const input = { plan, text: mutate(text, corpus[below(corpus.length)]?.text ?? "", chance).slice(0, 400) };
    const known = ways.size;
    const outcome = read(input, () => 1, { ways });
    if (ways.size > known) corpus.push(input);
    const longest = 1 + below(12);
    const fault = judge(
      input,
      outcome,
      runs % 2 === 0 && !isRare(plan) ? readPlain(input) : read(input, () => 1 + below(longest), { live: chance() < 0.5 }),
    );
    if (fault !== undefined && !findings.has(fault.slice(0, 40))) findings.set(fault.slice(0, 40), input);
  }
  console.log(`${runs} texts; ${before.ways} → ${ways.size} ways, ${before.corpus} → ${corpus.length} texts that are kept`);
  for (const [fault, input] of findings) console.log(`${fault}\n  ${JSON.stringify(input.text)}\n  ${JSON.stringify(input.plan)}`);
  expect([...findings.keys()]).toEqual([]);
});
