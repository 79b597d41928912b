import { describe, expect, test } from "vitest";
import { typeCheck } from "../../emit/type-check.js";
import { corpus } from "../corpus.js";
import { report } from "../report.js";
import { hardPoints, notYet } from "./hard-points.js";
import { breaches, documentFor, lowerFor } from "./measure-lowering.js";
import { generateTask, TaskBench } from "./task-bench.js";
import { taskTypes } from "./task-types.js";

// The tasks people do with extraction libraries: all of them can be sent strictly, but for those that refer to themselves, and what is hard
// about each is asserted on the generated extractor.

interface Task {
  readonly id: string;
  readonly schema: unknown;
}

const text = corpus("acceptance-tasks.json");
const tasks = JSON.parse(text ?? "[]") as readonly Task[];

test.skipIf(text === undefined)("acceptance-tasks: strict, one and as a list, unless recursive", () => {
  const guided: string[] = [];
  for (const { id, schema } of tasks) {
    const document = documentFor(schema);
    if (document === undefined) throw new Error(`${id} is not read`);
    const lowering = lowerFor(document, false);
    expect(breaches(lowering)).toEqual([]);
    for (const form of [lowering.one, lowering.list]) {
      if (form.strict) continue;
      expect(form.reasons).toEqual(["lower/recursion"]);
      if (form === lowering.one) guided.push(id);
    }
  }
  console.log(`  guided: ${guided.join(", ")}`);
  report("acceptance-tasks (lowering)", [{ name: "strict", reached: tasks.length - guided.length, of: tasks.length }]);
});

test.skipIf(text === undefined)("acceptance-tasks: every task has its hard point", () => {
  const ids = tasks.map(({ id }) => id);
  expect([...Object.keys(hardPoints), ...Object.keys(notYet)].filter((id) => !ids.includes(id))).toEqual([]);
  for (const [id, reason] of Object.entries(notYet)) console.log(`  not yet: ${id}: ${reason}`);
  report("acceptance-tasks (hard points)", [
    { name: "asserted", reached: ids.filter((id) => hardPoints[id] !== undefined).length, of: ids.length },
    {
      name: "asserted, and nothing lacking",
      reached: ids.filter((id) => hardPoints[id] !== undefined && notYet[id] === undefined).length,
      of: ids.length,
    },
  ]);
});

test.skipIf(text === undefined)("acceptance-tasks: the generated modules compile, and their types say what they should", async () => {
  const files = new Map(Object.entries(taskTypes).map(([id, types]) => [`${id}.promise.ts`, types]));
  for (const { id, schema } of tasks) {
    for (const file of await generateTask(id, schema)) files.set(file.path, file.text);
  }
  expect(files.size).toBe(2 * tasks.length + Object.keys(taskTypes).length);
  expect(await typeCheck(files)).toEqual([]);
});

describe("acceptance-tasks: what is hard", () => {
  const asserted = tasks.flatMap(({ id, schema }) => (hardPoints[id] === undefined ? [] : [{ id, schema, assert: hardPoints[id] }]));
  test.each(asserted)("$id", async ({ schema, assert }) => {
    expect.hasAssertions();
    await using task = await TaskBench.of<unknown>(schema);
    await assert(task);
  });
});
