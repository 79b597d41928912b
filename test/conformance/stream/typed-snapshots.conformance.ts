import { expect, test } from "vitest";
import { literal } from "../../../src/emit/text.js";
import { encode } from "../../../src/lower/encode.js";
import { definiteFailures, partFailures } from "../../../src/runtime/stream/early-judge.js";
import { typeCheck } from "../../emit/type-check.js";
import { loadValidator } from "../../emit/load-validator.js";
import { snapshots } from "../../stream/read-pieces.js";
import { corpus } from "../corpus.js";
import { lowerFor } from "../lowering/measure-lowering.js";
import { report } from "../report.js";
import { emitAll } from "../schemas/emit-all.js";

interface Subject {
  readonly id: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly data: unknown }[];
}

/** Snapshots of one instance that are type-checked, spread over its length: the corpus has thousands of instances. */
const samples = 8;

/** What was seen of one instance while its JSON arrived. */
interface Growth {
  readonly value: unknown;
  readonly seen: readonly unknown[];
}

// Promises 3 to 5 on schemas that nobody here wrote, with tsc as the oracle of what a partial type allows.
test("every snapshot is of the partial type, and a beginning of the value", async () => {
  const text = corpus("schemas-with-instances.jsonl.gz");
  if (text === undefined) return;
  const files = new Map<string, string>();
  let [typed, taken, grown, started, spared, whole] = [0, 0, 0, 0, 0, 0];
  for (const [index, line] of text.split("\n").filter(Boolean).entries()) {
    const { schema, tests } = JSON.parse(line) as Subject;
    const emitted = await emitAll(schema);
    if ("failed" in emitted) continue;
    const { document, name, types, partialTypes, validator } = emitted;
    const lowering = lowerFor(document, false);
    const { root: valid } = loadValidator(validator);
    const growths = tests.flatMap(({ data }) => (valid(data) ? (growthOf(lowering, data) ?? []) : []));
    for (const { value, seen } of growths) {
      const wrong = seen.findIndex((part) => !isBeginning(part, value));
      if (wrong >= 0) console.log(`  ${line.slice(0, 60)}… is no beginning: ${JSON.stringify(seen[wrong]).slice(0, 200)}`);
      started++;
      if (wrong < 0) grown++;
      if (spread(seen).every((part) => definiteFailures(valid, { value: part, growing: growingIn(part, value) }).length === 0)) spared++;
      else console.log(`  ${line.slice(0, 60)}… is refused early`);
      if (parts(value).every(([keys, alone]) => partFailures(valid, keys, alone).length === 0)) whole++;
      else console.log(`  ${line.slice(0, 60)}… has a part that is refused`);
    }
    const lines = growths.flatMap(({ seen }) => spread(seen));
    if (lines.length === 0) continue;
    const assignments = lines.map((part, at) => `export const v${at}: ${name}Partial = ${literal(part, 0, Number.NEGATIVE_INFINITY)};`);
    files.set(`s${index}.ts`, `${types}\n${partialTypes}\n${assignments.join("\n")}\n`);
    taken += lines.length;
  }
  const faults = (await typeCheck(files)).filter(({ file, line }) =>
    (files.get(file)?.split("\n")[line - 1] ?? "").startsWith("export const v"),
  );
  const refused = new Set(faults.map(({ file, line }) => `${file} ${line}`));
  for (const { file, line, text: fault } of faults.slice(0, 20)) {
    console.log(`  ${file} ${(files.get(file)?.split("\n")[line - 1] ?? "").slice(0, 200)}\n    ${fault}`);
  }
  typed = taken - refused.size;
  report("typed snapshots", [
    { name: "snapshots that the partial type accepts", reached: typed, of: taken },
    { name: "instances whose every snapshot is a beginning of the value", reached: grown, of: started },
    { name: "valid instances of which no snapshot is refused early", reached: spared, of: started },
    { name: "valid instances of which no complete part is refused early", reached: whole, of: started },
  ]);
  expect(taken).toBeGreaterThan(0);
});

/** Every part of a value that no list is on the way to: its keys, and the value with nothing but it. */
function parts(value: unknown): readonly (readonly [readonly string[], unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const around = (inner: unknown): unknown => Object.fromEntries([[key, inner]]);
    return [[[key], around(member)] as const, ...parts(member).map(([keys, alone]) => [[key, ...keys], around(alone)] as const)];
  });
}

/** The snapshots of an instance's wire JSON in pieces of three characters; nothing where the wire does not hold all of it. */
function growthOf(lowering: ReturnType<typeof lowerFor>, value: unknown): Growth | undefined {
  const encoded = encode(lowering, value);
  if (encoded === undefined || encoded.dropped.length > 0) return undefined;
  const pieces = JSON.stringify(encoded.wire).match(/.{1,3}/gsu) ?? [];
  // Long instances say nothing that their first thousand pieces do not; the last snapshot is the value itself.
  if (pieces.length > 4000) return undefined;
  return { value, seen: snapshots(lowering.plan, pieces) };
}

function spread(seen: readonly unknown[]): readonly unknown[] {
  const step = Math.max(1, seen.length / samples);
  const places = new Set(Array.from({ length: Math.min(samples, seen.length) }, (_, at) => Math.floor(at * step)));
  return [...places].map((at) => seen[at]);
}

/** Strings may be shorter; lists and objects may lack what comes later. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (typeof part === "string" && typeof whole === "string") return whole.startsWith(part);
  if (typeof part !== "object" || part === null || typeof whole !== "object" || whole === null) return part === whole;
  if (Array.isArray(part) !== Array.isArray(whole)) return false;
  const members = new Map<string, unknown>(Object.entries(whole));
  return Object.entries(part).every(([key, member]) => members.has(key) && isBeginning(member, members.get(key)));
}

/** Path of the string that is not all there yet. */
function growingIn(part: unknown, whole: unknown): readonly (string | number)[] | undefined {
  if (typeof part === "string") return part === whole ? undefined : [];
  if (typeof part !== "object" || part === null || typeof whole !== "object" || whole === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(whole));
  for (const [key, member] of Object.entries(part)) {
    const inner = growingIn(member, members.get(key));
    if (inner !== undefined) return [Array.isArray(part) ? Number(key) : key, ...inner];
  }
  return undefined;
}
