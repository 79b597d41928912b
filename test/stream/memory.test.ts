import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import { cut, planOf } from "./read-pieces.js";
import { profile, profilePlan } from "./profile-spec.js";

test("20 MB of list items that are read one by one take no memory", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const item = `${JSON.stringify(profile)},`;
  const count = Math.ceil(20e6 / item.length);
  const pieces = cut(item, 32);
  const scanner = new JsonScanner(compilePlan(planOf({ kind: "list", item: profilePlan.root })));
  let seen = 0;
  scanner.listener = {
    opened: (depth) => (depth === 1 ? { closed: () => ++seen < 0 } : undefined),
    revealed() {},
    textBegun: () => undefined,
  };
  scanner.write("[");
  const used: number[] = [];
  for (let at = 0; at < count; at++) {
    for (const piece of pieces) scanner.write(piece);
    if (at % Math.floor(count / 4) !== 0) continue;
    collect();
    used.push(process.memoryUsage().heapUsed);
  }
  scanner.write(`${JSON.stringify(profile)}]`);
  expect(scanner.end()).toEqual([]);
  expect(seen).toBe(count + 1);
  expect(Math.max(...used) - Math.min(...used)).toBeLessThan(3e6);
});
