import { expect, test } from "vitest";
import { corpus } from "../corpus.js";
import { report } from "../report.js";
import { oracleFor } from "../schemas/ajv-oracle.js";
import { breaches, documentFor, lowerFor, roundTrips } from "./measure-lowering.js";

// Real-world schemas: how many the provider can be held to, why not the others, and whether instances survive the way there and back.

interface Case {
  readonly id: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly valid: boolean; readonly data: unknown }[];
}

const text = corpus("schemas-with-instances.jsonl.gz");
const cases = (text ?? "")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Case);

for (const open of [false, true]) {
  const part = open ? "schemas-with-instances (lowering, open)" : "schemas-with-instances (lowering)";
  test.skipIf(text === undefined)(part, () => {
    const reasons = new Map<string, string[]>();
    const faults: string[] = [];
    const unfit: string[] = [];
    const sum = { one: 0, list: 0, refused: 0, instances: 0, disputed: 0, whole: 0, undeclared: 0 };
    for (const { id, schema, tests } of cases) {
      const document = documentFor(schema);
      if (document === undefined) {
        sum.refused++;
        continue;
      }
      const lowering = lowerFor(document, open);
      if (lowering.one.strict) sum.one++;
      else reasons.set(lowering.one.reasons.join(" "), [...(reasons.get(lowering.one.reasons.join(" ")) ?? []), id]);
      if (lowering.list.strict) sum.list++;
      const labelled = tests.filter(({ valid }) => valid).map(({ data }) => data);
      const judge = oracleFor(schema, false);
      const values = typeof judge === "function" ? labelled.filter((value) => judge(value)) : labelled;
      sum.disputed += labelled.length - values.length;
      const found = roundTrips(lowering, values);
      sum.instances += values.length;
      sum.whole += found.whole;
      sum.undeclared += found.undeclared;
      if (found.unfit > 0) unfit.push(`${id} (${found.unfit})`);
      faults.push(...[...found.broken, ...breaches(lowering)].map((fault) => `${id}: ${fault}`));
    }
    for (const [reason, ids] of reasons) console.log(`  guided, ${reason}: ${ids.length}`);
    console.log(`  instances with undeclared keys in closed objects: ${sum.undeclared} of ${sum.instances}`);
    console.log(`  labelled valid, but refused by Ajv (such as what stands beside $ref up to draft 07): ${sum.disputed}`);
    console.log(`  instances of a type their schema does not speak of: ${unfit.join(", ")}`);
    report(part, [
      { name: "not refused", reached: cases.length - sum.refused, of: cases.length },
      { name: "strict", reached: sum.one, of: cases.length },
      { name: "strict as a list", reached: sum.list, of: cases.length },
      { name: "instances without undeclared keys come back whole", reached: sum.whole, of: sum.instances - sum.undeclared },
      { name: "of all instances", reached: sum.whole, of: sum.instances },
    ]);
    expect(faults).toEqual([]);
  });
}
