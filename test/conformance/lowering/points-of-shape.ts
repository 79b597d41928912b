// oxlint-disable unicorn/consistent-function-scoping -- an entry holds all it needs, what makes its values too
import { decode } from "@schemacast/runtime/v1";
import { expect } from "vitest";
import { isObject } from "../../../src/lower/json.js";
import { lower } from "../../../src/lower/lower.js";
import { cerebras } from "../../../src/profiles/cerebras.js";
import { LimitExceededError } from "../../../src/runtime/index.js";
import { type HardPoint, point, TaskBench } from "./task-bench.js";

interface Node {
  readonly name: string;
  readonly value: string | null;
  readonly children: readonly Node[];
}

const leaf = (name: string, ...children: readonly Node[]): Node => ({ name, value: null, children });

/** Where the hard point is the form that is sent, and the way back. */
export const shapePoints: { readonly [id: string]: HardPoint } = {
  // One call, typed, no schema code at run time.
  user: point<{ name: string; age: number }>(async (task) => {
    await task.takes({ name: "Ada", age: 36 });
    expect(task.faults({ name: "Ada", age: 36.5 })).toEqual(["/age type"]);
    const [module = ""] = task.modules;
    expect(module).toContain("age: number;");
    const imported = task.modules.flatMap((text) => [...text.matchAll(/from "([^"]+)"/g)].map(([, from]) => from));
    expect(new Set(imported)).toEqual(new Set(["@schemacast/runtime/v1", "./task.codec.js"]));
  }),
  optional_role: point<{ name: string; age: number; role?: string | null }>(async (task) => {
    for (const role of [{}, { role: null }, { role: "x" }]) await task.takes({ name: "a", age: 1, ...role });
    // Where the schema allows null, it can't stand for absence: the property stays optional although the project asks for nullable ones.
    const nullable = lower(task.document, { profile: cerebras, optional: "nullable" });
    expect(nullable.one.schema["required"]).toEqual(["name", "age"]);
    expect(decode(nullable.plan, { name: "a", age: 1, role: null })).toEqual({ name: "a", age: 1, role: null });
  }),
  // Defaults are the caller's, from the first snapshot; the strict schema has none.
  defaults: point<{ name: string; role?: string; active?: boolean }>(async (task) => {
    expect(task.sent).not.toContain('"default"');
    const defaults = { role: "student", active: true };
    const call = task.stream([{ name: "Ada" }], { applyDefaults: true });
    const seen: unknown[] = [];
    for await (const partial of call) seen.push(partial);
    expect(seen[0]).toMatchObject(defaults);
    expect(await call.result).toEqual({ name: "Ada", ...defaults });
    expect((await task.extract([{ name: "Ada" }])).value).toEqual({ name: "Ada" });
    const nullable = lower(task.document, { profile: cerebras, optional: "nullable" });
    expect(nullable.one.schema["required"]).toEqual(["name", "role", "active"]);
    expect(decode(nullable.plan, { name: "Ada", role: null, active: null })).toEqual({ name: "Ada" });
  }),
  spam: point((task) => inOrder(task, { chain_of_thought: "It sells something.", label: "SPAM" })),
  // Duplicates are said in words and judged here.
  multilabel: point<{ labels: readonly string[] }>(async (task) => {
    expect(task.sent).not.toMatch(/"(uniqueItems|minItems|maxItems)"/);
    expect(task.sent).toContain("No duplicates.");
    await task.takes({ labels: ["BILLING", "ACCOUNT"] });
    expect(await task.complaint({ labels: ["BILLING", "BILLING"] }, { labels: ["BILLING"] })).toMatch(
      /"labels": \[ {2}\/\/ items 0 and 1 are the same/,
    );
  }),
  // A map travels as pairs and comes back as a map, at every character.
  dict_map: point<{ scores: Readonly<Record<string, number>> }>(async (task) => {
    const value = { scores: { ada: 1.5, "bo b": -2, constructor: 3 } };
    expect(task.wire(value)).toEqual({ scores: Object.entries(value.scores).map(([key, score]) => ({ key, value: score })) });
    await task.takes(value);
    expect(task.growth(value)).toContainEqual({ scores: { ada: 1.5 } });
    expect(task.faults({ scores: { ada: "1" } })).toEqual(["/scores/ada type"]);
  }),
  bool_root: point<boolean>((task) => wraps(task, false, "no")),
  // A number has its details too.
  int_root: point<number>((task) => wraps(task, 7, 7.5)),
  str_list_root: point<readonly string[]>(async (task) => {
    await wraps(task, ["a", "b"], "a");
    const call = task.stream([["one", "two"]]);
    const seen: unknown[] = [];
    for await (const partial of call) seen.push(partial);
    expect(seen.at(-1)).toEqual(["one", "two"]);
    expect(task.growth(["one", "two"])).toEqual(expect.arrayContaining([["one"], ["one", "t"], ["one", "two"]]));
  }),
  // Few tokens: one word in one key. It is asked for again where it is none of the three.
  literal_root: point<string>(async (task) => {
    await wraps(task, "bug", "bugs");
    expect(JSON.stringify(task.wire("question")).length).toBeLessThan(25);
    expect(await task.complaint({ value: "bugs" }, "bug")).toContain('must be one of "bug"');
    const { confidence } = await task.extract(["bug"], { logprobs: 2 });
    expect(confidence?.fields.map(({ path, probability }) => [path, probability > 0.8 && probability < 1])).toEqual([[[], true]]);
    expect(confidence?.tokens.find(({ token }) => token === "bug")?.alternatives).toHaveLength(2);
  }),
  // Nothing is coerced: "5" is a text, 5 a number.
  union_root_scalar: point<string | number>(async (task) => {
    for (const value of ["5", 5, ""]) await task.takes(value);
    expect(task.faults(5.5)).not.toEqual([]);
  }),
  // Decided by the key that only one branch has.
  tool_union: point<{ action: { query: string } | { key: string } }>(async (task) => {
    expect(JSON.stringify(task.lowering.plan)).toContain('"byKey":{"query":0,"key":1}');
    await task.takes({ action: { query: "weather" } });
    await task.takes({ action: { key: "k1" } });
    expect(task.growth({ action: { key: "k1" } })).toContainEqual({ action: { key: "k" } });
    expect(task.faults({ action: { query: "a", key: "b" } })).not.toEqual([]);
  }),
  // The types, the validator and the snapshots refer to themselves too.
  recursive_tree: point<Node>(async (task) => {
    unrollable(task);
    const tree = leaf("root", leaf("a", leaf("b", leaf("c", leaf("d")))), leaf("e"));
    await task.takes(tree);
    expect(task.growth(tree)).toContainEqual({
      name: "root",
      value: null,
      children: [{ name: "a", value: null, children: [{ name: "b" }] }],
    });
    const wrong = leaf("root", { ...leaf("a"), children: [{ name: "b" } as Node] });
    expect(task.faults(wrong)).toEqual(expect.arrayContaining(["/children/0/children/0 required"]));
    const depth = (node: Node): number => 1 + Math.max(0, ...node.children.map(depth));
    expect(await task.complaint(tree, leaf("root"), { validate: (node) => depth(node) <= 3 || "at most three levels" })).toContain(
      "at most three levels",
    );
    await expect(task.stream([tree], { limits: { depth: 4 } }).result).rejects.toThrow(LimitExceededError);
  }),
  mutual_recursion: point(async (task) => {
    unrollable(task);
    const num = (value: number): object => ({ kind: "num", value });
    const sum = { kind: "bin", op: "+", left: num(1), right: { kind: "bin", op: "*", left: num(2), right: num(3) } };
    await task.takes(sum);
    await task.takes(num(1));
    expect(task.faults({ ...sum, right: { kind: "num", value: "3" } })).not.toEqual([]);
    expect(task.faults({ ...sum, op: "^" })).not.toEqual([]);
    // The kind is asked for first.
    expect(task.sent.indexOf('"kind"')).toBeLessThan(task.sent.indexOf('"op"'));
  }),
  // Open key sets as pairs: at most six, said in words; the order of the indexes is the caller's to check.
  properties: point<{ name: string; properties: readonly { index: string; key: string; value: string }[] }>(async (task) => {
    expect(task.sent).not.toContain("maxItems");
    expect(task.sent).toContain("At most 6 items.");
    const of = (...indexes: readonly number[]): { name: string; properties: { index: string; key: string; value: string }[] } => ({
      name: "x",
      properties: indexes.map((index) => ({ index: String(index), key: `k${index}`, value: "v" })),
    });
    expect(task.faults(of(1, 2, 3, 4, 5, 6))).toEqual([]);
    expect(task.faults(of(1, 2, 3, 4, 5, 6, 7))).toEqual(["/properties maxItems"]);
    expect(
      await task.complaint(of(2, 1), of(1, 2), {
        validate: ({ properties }) =>
          properties.flatMap(({ index }, at) =>
            at > 0 && Number(index) <= Number(properties[at - 1]?.index)
              ? [{ path: ["properties", at, "index"], message: "must be greater than the one before" }]
              : [],
          ),
      }),
    ).toContain('"index": "1",  // must be greater than the one before');
  }),
  // A text on the wire, exact to the last digit; a JSON number would have lost some, so it is asked for again.
  decimal_money: point<{ item: string; price: string }>(async (task) => {
    expect(task.sent).not.toContain('"pattern":');
    await task.takes({ item: "tea", price: "12345678901234567890.10" });
    expect(task.faults({ item: "tea", price: "1,50" })).toEqual(["/price pattern"]);
    expect(await task.complaint({ item: "tea", price: 1.1 }, { item: "tea", price: "1.10" })).toContain("must be string, is number");
  }),
  tables_tidy: point<{ tables: readonly { caption: string; columns: readonly string[]; rows: readonly (readonly string[])[] }[] }>(
    async (task) => {
      const of = (...rows: readonly (readonly string[])[]): { tables: [{ caption: string; columns: string[]; rows: typeof rows }] } => ({
        tables: [{ caption: "c", columns: ["a", "b"], rows }],
      });
      await task.takes(of(["1", "2"], ["3", "4"]));
      expect(task.growth(of(["1", "2"], ["34"]))).toContainEqual(of(["1", "2"], ["3"]));
      const told = await task.complaint(of(["1", "2"], ["3"]), of(["1", "2"], ["3", ""]), {
        validate: ({ tables }) =>
          tables.flatMap(({ rows, columns }, table) =>
            rows.flatMap((row, at) =>
              row.length === columns.length ? [] : [{ path: ["tables", table, "rows", at], message: `must have ${columns.length} cells` }],
            ),
          ),
      });
      expect(told).toContain("must have 2 cells");
    },
  ),
  // Three levels of lists, and an optional list that may be null.
  slides: point(async (task) => {
    const of = (competitor: object): object => ({ industry_list: [{ name: "tea", competitor_list: [{ name: "A", ...competitor }] }] });
    for (const features of [{}, { features: null }, { features: ["hot", "green"] }]) await task.takes(of(features));
    expect(task.growth(of({ features: ["hot", "green"] }))).toContainEqual(of({ features: ["hot", "g"] }));
    expect(task.faults(of({ features: [1] }))).toContain("/industry_list/0/competitor_list/0/features/0 type");
  }),
  // Keys that are no identifiers, on the wire, in the type and in snapshots.
  alias_fields: point<{ "full-name": string; class: string }>(async (task) => {
    await inOrder(task, { "full-name": "Ada", class: "A" });
    expect(task.modules[0]).toMatch(/"full-name": string;\s+class: string;/);
    expect(task.growth({ "full-name": "Ada", class: "A" })).toContainEqual({ "full-name": "Ad" });
    expect(task.faults({ "full-name": "Ada", class: 1 })).toEqual(["/class type"]);
  }),
  // What the server sets is in the type, but nobody asks the model for it.
  db_row: point(async (task) => {
    const row = { name: "Ada", email: "ada@example.org", age: 36, power_level: null };
    await task.takes(row);
    expect(task.sent).not.toMatch(/"(minLength|maxLength|format|minimum|maximum)"/);
    const wrong = { name: "A", email: "ada", age: 17, power_level: 101 };
    const places = task.faults(wrong).map((fault) => fault.split(" ")[0]);
    expect(places).toEqual(expect.arrayContaining(["/name", "/email", "/age", "/power_level"]));
    if (!isObject(task.document.schema) || !isObject(task.document.schema["properties"])) throw new Error("no object");
    const properties = { id: { type: "integer", "x-skip": true }, ...task.document.schema["properties"] };
    await using skipping = await TaskBench.of({ ...task.document.schema, properties });
    expect(skipping.sent).not.toContain('"id"');
    expect(skipping.modules[0]).toContain("id?: number;");
    await skipping.takes(row);
  }),
};

/** Keys are asked for in the schema's order, and the value is taken. */
async function inOrder<T>(task: TaskBench<T>, value: T & object): Promise<void> {
  const { properties } = task.spec.wire.one.function.parameters;
  expect(Object.keys(properties as object)).toEqual(Object.keys(value));
  await task.takes(value);
}

/** The root is sent as an object, and comes back as it was. */
async function wraps<T>(task: TaskBench<T>, value: T, wrong: unknown): Promise<void> {
  expect(task.lowering.one.schema).toMatchObject({ type: "object", required: ["value"] });
  expect(task.wire(value)).toEqual({ value });
  await task.takes(value);
  expect(task.faults(wrong)).not.toEqual([]);
  const { usage } = await task.extract([value]);
  expect(usage?.completionTokens).toBeGreaterThan(0);
}

/** Told of at its place; strict once its levels are counted. */
function unrollable<T>({ lowering, document }: TaskBench<T>): void {
  const told = lowering.diagnostics.find(({ code }) => code === "lower/recursion");
  expect(told?.at?.line).toBeGreaterThan(0);
  if (!isObject(document.schema)) throw new Error("no schema");
  const unrolled = { ...document, schema: { ...document.schema, "x-extract": { unroll: 2 } } };
  expect(lower(unrolled, { profile: cerebras }).one.strict).toBe(true);
}
