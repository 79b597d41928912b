import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { literal } from "../../../src/emit/text.js";
import { emitGuard } from "../../../src/emit/guard.js";
import { loadGuard, loadValidator } from "../../emit/load-validator.js";
import { corpus } from "../corpus.js";
import { report } from "../report.js";
import { oracleFor } from "./ajv-oracle.js";
import { dropUndeclared } from "./drop-undeclared.js";
import { type Emitted, emitAll } from "./emit-all.js";
import { typeCheck } from "../../emit/type-check.js";

interface Subject {
  readonly id: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly valid: boolean; readonly data: unknown }[];
}

/** What went wrong, for whoever looks into it: one line a fault in the file named by CONFORMANCE_LOG. */
const log: string[] = [];

test("real-world schemas", async () => {
  const text = corpus("schemas-with-instances.jsonl.gz");
  if (text === undefined) return;
  const only = process.env["CONFORMANCE_ONLY"]?.split(",");
  const subjects = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Subject)
    .filter((subject) => only === undefined || only.some((part) => subject.id.includes(part)));
  const emitted = new Map<Subject, Emitted>();
  for (const subject of subjects) {
    const result = await emitAll(subject.schema);
    if ("failed" in result) log.push(`generate ${subject.id} ${result.failed}`);
    else emitted.set(subject, result);
  }
  const verdicts = compareVerdicts(emitted);
  const types = await checkTypes(emitted);
  const sizes = [...emitted.values()].map((one) => one.validator.code.length).sort((a, b) => a - b);
  console.log(
    `validator size, characters: median ${sizes[sizes.length >> 1]}, 90 % ${sizes[Math.floor(sizes.length * 0.9)]}, all ${sizes.reduce((a, b) => a + b, 0)}`,
  );
  if (process.env["CONFORMANCE_LOG"]) writeFileSync(process.env["CONFORMANCE_LOG"], log.join("\n"));
  report("schemas-with-instances", [
    { name: "generated", reached: emitted.size, of: subjects.length },
    { name: "types compile", reached: emitted.size - types.broken, of: emitted.size },
    { name: "validator agrees with Ajv", reached: verdicts.agreed, of: verdicts.judged },
    { name: "first-error validator agrees with it", reached: verdicts.guarded, of: verdicts.judgedByGuards },
    { name: "type accepts valid instances", reached: types.accepted, of: types.valid },
    { name: "type refuses invalid instances", reached: types.refused, of: types.invalid },
    { name: "Ajv judges the schema", reached: emitted.size - verdicts.withoutOracle, of: emitted.size },
  ]);
  expect(emitted.size).toBeGreaterThan(0);
});

interface Verdicts {
  readonly agreed: number;
  readonly judged: number;
  readonly withoutOracle: number;
  readonly guarded: number;
  readonly judgedByGuards: number;
}

function compareVerdicts(emitted: ReadonlyMap<Subject, Emitted>): Verdicts {
  let [agreed, judged, withoutOracle, guarded, judgedByGuards] = [0, 0, 0, 0, 0];
  for (const [subject, { validator }] of emitted) {
    const oracle = oracleFor(subject.schema);
    if (typeof oracle !== "function") {
      withoutOracle += 1;
      log.push(`oracle ${subject.id} ${oracle.refused}`);
    }
    const { root } = loadValidator(validator);
    const guard = emitGuard(validator);
    const admits = guard && loadGuard(validator, guard);
    for (const [index, { valid, data }] of subject.tests.entries()) {
      const verdict = root(data);
      judgedByGuards += 1;
      if (admits?.(data) === verdict) guarded += 1;
      else log.push(`guard ${subject.id} #${index} not ${verdict}`);
      if (typeof oracle !== "function") {
        if (verdict !== valid) log.push(`label ${subject.id} #${index} ours ${verdict}, labelled ${valid}`);
        continue;
      }
      judged += 1;
      if (verdict === oracle(data)) agreed += 1;
      else log.push(`verdict ${subject.id} #${index} ours ${verdict}, labelled ${valid}: ${JSON.stringify(root.errors?.slice(0, 2))}`);
    }
  }
  return { agreed, judged, withoutOracle, guarded, judgedByGuards };
}

async function checkTypes(
  emitted: ReadonlyMap<Subject, Emitted>,
): Promise<{ broken: number; valid: number; accepted: number; invalid: number; refused: number }> {
  const files = new Map<string, string>();
  const firstLine = new Map<string, number>();
  const lines = new Map<string, { subject: Subject; valid: boolean }[]>();
  let count = 0;
  for (const [subject, { document, name: type, types, partialTypes, validator }] of emitted) {
    const { root } = loadValidator(validator);
    const declarations = `${types}\n${partialTypes}`;
    const name = `s${(count += 1)}.ts`;
    // A type that refuses a valid instance must not hide what it does to the next: each assignment stands on a line of its own.
    const assignments = subject.tests.map(
      ({ data }, index) => `export const v${index}: ${type} = ${oneLine(dropUndeclared(data, document.schema))};`,
    );
    const partials = subject.tests.map(({ data }, index) => (root(data) ? `export const p${index}: ${type}Partial = v${index};` : ""));
    lines.set(
      name,
      subject.tests.map(({ data }) => ({ subject, valid: root(data) })),
    );
    firstLine.set(name, declarations.split("\n").length + 1);
    files.set(name, `${declarations}\n${assignments.join("\n")}\n${partials.join("\n")}\n`);
  }
  const faults = await typeCheck(files);
  const broken = new Set<string>();
  const refused = new Set<string>();
  for (const fault of faults) {
    const at = fault.line - (firstLine.get(fault.file) ?? 0);
    const of = lines.get(fault.file) ?? [];
    const subject = of[0]?.subject.id ?? fault.file;
    if (at >= 0 && at < of.length) {
      refused.add(`${fault.file} ${at}`);
      if (of[at]?.valid) log.push(`type ${subject} #${at} ${fault.text}`);
    } else {
      broken.add(fault.file);
      log.push(`compile ${subject} line ${fault.line} ${fault.text}`);
    }
  }
  let [valid, accepted, invalid, rejected] = [0, 0, 0, 0];
  for (const [name, of] of lines) {
    for (const [index, one] of of.entries()) {
      const isRefused = refused.has(`${name} ${index}`);
      if (one.valid) valid += 1;
      else invalid += 1;
      if (one.valid && !isRefused) accepted += 1;
      if (!one.valid && isRefused) rejected += 1;
    }
  }
  return { broken: broken.size, valid, accepted, invalid, refused: rejected };
}

function oneLine(value: unknown): string {
  return literal(value, 0, Number.NEGATIVE_INFINITY);
}
