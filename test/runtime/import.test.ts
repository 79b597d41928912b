import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const entries = ["index", "v1", "validation", "lenient", "mock", "fetch"];

const program = `
const facts = () => ({
  globals: Reflect.ownKeys(globalThis).map(String),
  // Node closes the files that it has loaded.
  resources: process.getActiveResourcesInfo().filter((name) => name !== "CloseReq"),
  listeners: process.eventNames().map(String),
});
const read = [];
// Node's loader looks at it as well.
const note = (name) => new Error().stack.includes("/runtime/dist/") && read.push(String(name));
process.env = new Proxy(process.env, { get: (env, name) => (note(name), Reflect.get(env, name)) });
const before = facts();
for (const entry of ${JSON.stringify(entries)}) await import(new URL("../../src/runtime/dist/" + entry + ".js", ${JSON.stringify(import.meta.url)}));
console.log(JSON.stringify({ before, after: facts(), read }));
`;

test("an import does no work: no timer, no handle, no listener, no global, no look at the environment", () => {
  const told = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8", timeout: 10_000 });
  const { before, after, read } = JSON.parse(told) as Readonly<Record<"before" | "after" | "read", unknown>>;
  expect(after).toEqual(before);
  expect(read).toEqual([]);
});
