import { expect, test } from "vitest";
import { corpus } from "../corpus.js";
import { report } from "../report.js";
import { hardPoints } from "./hard-points.js";
import { breaches, documentFor, lowerFor } from "./measure-lowering.js";

// The tasks people do with extraction libraries: all of them can be sent strictly, but for those that refer to themselves.

interface Task {
  readonly id: string;
  readonly schema: unknown;
}

const text = corpus("acceptance-tasks.json");

test.skipIf(text === undefined)("acceptance-tasks: strict, one and as a list, unless recursive", () => {
  const tasks = JSON.parse(text ?? "[]") as readonly Task[];
  const guided: string[] = [];
  expect(Object.keys(hardPoints).filter((id) => !tasks.some((task) => task.id === id))).toEqual([]);
  for (const { id, schema } of tasks) {
    const document = documentFor(schema);
    if (document === undefined) throw new Error(`${id} is not read`);
    const lowering = lowerFor(document, false);
    expect(breaches(lowering)).toEqual([]);
    hardPoints[id]?.(lowering, document);
    for (const form of [lowering.one, lowering.list]) {
      if (form.strict) continue;
      expect(form.reasons).toEqual(["lower/recursion"]);
      if (form === lowering.one) guided.push(id);
    }
  }
  console.log(`  guided: ${guided.join(", ")}`);
  report("acceptance-tasks (lowering)", [{ name: "strict", reached: tasks.length - guided.length, of: tasks.length }]);
});
