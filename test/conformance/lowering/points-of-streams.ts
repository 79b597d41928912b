// oxlint-disable unicorn/consistent-function-scoping -- an entry holds all it needs, what makes its values too
import { expect } from "vitest";
import { acyclic, idsExist, streamList, TruncatedError, UnexpectedToolCallError, withTransform } from "../../../src/runtime/index.js";
import { isObject } from "../../../src/lower/json.js";
import { type HardPoint, point, TaskBench } from "./task-bench.js";

interface User {
  readonly name: string;
  readonly age: number;
}

const [ada, bo, cy]: readonly [User, User, User] = [
  { name: "Ada {36}", age: 36 },
  { name: 'B]o "B}"', age: 27 },
  { name: "Cy", age: 5 },
];

/** Where the hard point is what is seen before the end. */
export const streamPoints: { readonly [id: string]: HardPoint } = {
  // The last address shows while it is open (task-types.ts: in its own partial type).
  nested_addresses: point(async (task) => {
    const value = { name: "Ada", age: 36, addresses: [address("1 Main St", "London"), address("2 Elm St", "Paris")] };
    await task.takes(value);
    expect(task.growth(value)).toContainEqual({ ...value, addresses: [value.addresses[0], { street: "2 El" }] });
    expect(task.faults({ ...value, addresses: [{ street: "x", city: "y" }] })).toEqual(["/addresses/0 required"]);
  }),
  // Wrapped for the provider, unwrapped for the caller; each item once, as its brace arrives; a bad one is left out.
  users_iterable: point<User>(async (task) => {
    expect(task.lowering.list.schema).toMatchObject({ type: "object", required: ["items"], properties: { items: { type: "array" } } });
    expect(await all(task.streamList([[ada, bo, cy]]))).toEqual([ada, bo, cy]);
    expect(await task.itemsBeforeTheEnd(`{"items":[${JSON.stringify(ada)}`, 1)).toEqual([ada]);
    const list = task.streamList([[ada, { name: "Bo", age: "x" }, cy]], { onInvalidItem: "skip" });
    expect(await all(list)).toEqual([ada, cy]);
    expect((await list.withDetails()).invalidItems).toEqual({ skipped: 1, repaired: 0 });
    await expect(task.streamList([[{ name: "Bo", age: "x" }]], { maxRetries: 0 }).result).rejects.toThrow("0.age: must be integer");
  }),
  person_partial: point<User>(async (task) => {
    await task.takes(bo);
    expect(task.faults({ name: "Bo", age: "27" })).toEqual(["/age type"]);
    expect(task.growth({ name: "Ada", age: 27 })).toEqual([
      {},
      ...["", "A", "Ad", "Ada"].map((name) => ({ name })),
      { name: "Ada", age: 27 },
    ]);
  }),
  meeting_partial: point<{ users: readonly object[] }>(async (task) => {
    const users = ["Ada", "Bo", "Cy", "Di", "Ed"].map((name) => ({ name, email: `${name}@example.org`, twitter: `@${name}` }));
    const meeting = { users, date: "2024-05-31", location: "Room 1", budget: 50_000, deadline: "June" };
    await task.takes(meeting);
    const growth = task.growth(meeting);
    expect(growth).toContainEqual({ users: [users[0], { name: "Bo", email: "Bo@exa" }] });
    expect(growth.filter((seen) => isObject(seen) && "budget" in seen && seen["budget"] !== 50_000)).toEqual([]);
    const atLeastFive = { validate: ({ users: { length } }: { users: readonly object[] }) => length >= 5 || "at least 5 users" };
    expect(await task.complaint({ ...meeting, users: users.slice(1) }, meeting, atLeastFive)).toContain("at least 5 users");
  }),
  enum_other: point<{ name: string; role: string }>(async (task) => {
    const growth = task.growth({ name: "Ada", role: "TEACHER" });
    expect(new Set(growth.map((seen) => (seen as { role?: string }).role))).toEqual(new Set([undefined, "TEACHER"]));
    expect(await task.complaint({ name: "Ada", role: "HEAD" }, { name: "Ada", role: "OTHER" })).toContain('must be one of "PRINCIPAL"');
  }),
  // Items refer to later ones: they are handed out all the same, and judged together at the end.
  action_items: point<{ id: number; dependencies?: readonly number[] | null }>(async (task) => {
    const rest = { name: "n", description: "d", priority: "High", assignees: ["Ada"], subtasks: null };
    const item = (id: number, dependencies: readonly number[] | null): { id: number; dependencies: readonly number[] | null } => ({
      ...rest,
      id,
      dependencies,
    });
    const validate = [idsExist<unknown>(["*.dependencies.*"], "*.id"), acyclic<unknown>("*", { to: "dependencies.*" })];
    const good = [item(1, [2]), item(2, null)];
    expect(await all(task.streamList([good], { validate }))).toEqual(good);
    expect(await task.itemsBeforeTheEnd(`{"items":[${JSON.stringify(good[0])},`, 1)).toEqual([good[0]]);
    for (const [bad, told] of [
      [[item(1, [9])], "refers to what is not there"],
      [[item(1, [2]), item(2, [1])], "closes a cycle: 1 → 2 → 1"],
    ] as const) {
      const seen: unknown[] = [];
      const reading = (async () => {
        for await (const each of task.streamList([bad], { validate, maxRetries: 0 })) seen.push(each);
      })();
      await expect(reading).rejects.toThrow(told);
      expect(seen).toEqual(bad);
    }
  }),
  search_multi: point(async (task) => {
    const [first, second] = [
      { query: "cats", type: "image" },
      { query: "dogs", type: "web" },
    ];
    expect(await task.itemsBeforeTheEnd(`{"items":[${JSON.stringify(first)},{"query":"do`, 1)).toEqual([first]);
    expect(await all(task.streamList([[first, second]]))).toEqual([first, second]);
    expect(task.faults({ query: "x", type: "audio" })).toEqual(["/type enum"]);
  }),
  // Nodes as they close, then edges whose ends exist.
  knowledge_graph: point<{ nodes: readonly object[]; edges: readonly object[] }>(async (task) => {
    const nodes = [1, 2].map((id) => ({ id, label: `n${id}`, color: "blue" }));
    const graph = (target: number): { nodes: readonly object[]; edges: readonly object[] } => ({
      nodes,
      edges: [{ source: 1, target, label: "knows", color: "black" }],
    });
    const call = task.stream([graph(2)]);
    // Each reader has its own pace: what one has of the other's elements when several arrive at once is not promised.
    const [first, second] = await Promise.all([all(call.elements("nodes")), all(call.elements("edges"))]);
    expect([first, second]).toEqual([nodes, graph(2).edges]);
    const validate = idsExist<unknown>(["edges.*.source", "edges.*.target"], "nodes.*.id");
    expect(await task.complaint(graph(3), graph(2), { validate })).toContain(
      '"target": 3,  // refers to what is not there; there are 1, 2',
    );
  }),
  // A table as Markdown: newlines whole at every split; rows are made of a finished item.
  table_md: point<{ caption: string; dataframe: string }>(async (task) => {
    const table = { caption: "Ages", dataframe: "| name | age |\n|---|---|\n| Ada | 36 |\n" };
    expect(task.growth(table).filter((seen) => !table.dataframe.startsWith((seen as { dataframe?: string }).dataframe ?? ""))).toEqual([]);
    await task.takes(table);
    expect(task.faults({ ...table, dataframe: [] })).toEqual(["/dataframe type"]);
    const rows: string[][] = [];
    const tables = withTransform(task.spec, ({ dataframe }) => dataframe.trim().split("\n").slice(2).map(cells));
    task.enqueue({ value: { items: [task.wire(table), task.wire(table)] } });
    for await (const table of streamList(tables, "the text", task.defaults)) rows.push(...table);
    expect(rows).toEqual([
      ["Ada", "36"],
      ["Ada", "36"],
    ]);
  }),
  // Only the item at fault is asked for again.
  contact: point(async (task) => {
    const of = (name: string, phone_number: string): object => ({ name, phone_number });
    expect(task.sent).not.toContain('"pattern":');
    task.enqueue(
      { value: { items: [of("Ada", "+441234567"), of("Bo", "0123"), of("Cy", "+331234567")] } },
      { value: of("Bo", "+491234567") },
    );
    const list = task.streamList([], { onInvalidItem: "repair" });
    expect(await list.result).toEqual([of("Ada", "+441234567"), of("Bo", "+491234567"), of("Cy", "+331234567")]);
    expect((await list.withDetails()).invalidItems).toEqual({ skipped: 0, repaired: 1 });
    expect(task.bodies[1]).toContain("0123");
    expect(task.bodies[1]).not.toContain("+441234567");
  }),
  youtube_clips: point<{ clips: readonly { start: number; end: number }[] }>(async (task) => {
    const rest = { title: "t", description: "d" };
    const clip = (start: number, end: number): { start: number; end: number } => ({ ...rest, start, end });
    const value = { clips: [clip(0.25, 12.5), clip(12.5, 1e2)] };
    const seen = task.growth(value).flatMap((snapshot) => (snapshot as { clips?: { start?: number; end?: number }[] }).clips ?? []);
    expect(new Set(seen.flatMap(({ start, end }) => [start, end]))).toEqual(new Set([undefined, 0.25, 12.5, 100]));
    const validate = ({ clips }: { clips: readonly { start: number; end: number }[] }): true | string =>
      clips.every(({ start, end }) => start < end) || "each clip ends after its start";
    expect(await task.complaint({ clips: [clip(5, 4)] }, value, { validate })).toContain("each clip ends after its start");
  }),
  // The thought first, streamed to the page; where the schema asks for it as an aside, it is not in the result.
  cot_answer: point<{ chain_of_thought: string; answer: number }>(async (task) => {
    const value = { chain_of_thought: "2 and 2 makes 4", answer: 4 };
    expect(Object.keys(task.spec.wire.one.function.parameters["properties"] as object)).toEqual(Object.keys(value));
    let thought = "";
    for await (const piece of task.stream([value]).text("chain_of_thought")) thought += piece;
    expect(thought).toBe(value.chain_of_thought);
    await using hiding = await TaskBench.of({
      type: "object",
      "x-extract": { reasoning: true },
      properties: { answer: { type: "integer" } },
      required: ["answer"],
      additionalProperties: false,
    });
    const [aside = ""] = hiding.spec.asides ?? [];
    hiding.enqueue({ value: { [aside]: "2 and 2", answer: 4 } });
    const details = await hiding.extract([]);
    expect([details.value, details.asides]).toEqual([{ answer: 4 }, [{ [aside]: "2 and 2" }]]);
  }),
  // Narrowed as soon as the tag is complete, never before.
  union_status: point(async (task) => {
    const value = { response: { status: "error", message: "no user" } };
    await task.takes(value);
    await task.takes({ response: { status: "success", data: { name: "Ada", age: 36 } } });
    const growth = task.growth(value);
    expect(growth.filter((seen) => isObject(seen) && "response" in seen)[0]).toEqual({ response: { status: "error" } });
    expect(growth).toContainEqual({ response: { status: "error", message: "no" } });
    expect(task.faults({ response: { status: "success", message: "no user" } })).not.toEqual([]);
  }),
  // Calls of several kinds are one list in one call; what is of no kind is asked for again.
  parallel_tools: point(async (task) => {
    const calls = [{ location: "Paris", units: "metric" }, { query: "tea" }, { location: "Rome", units: "imperial" }];
    expect(await all(task.streamList([calls]))).toEqual(calls);
    expect(task.faults({ city: "Paris" })).not.toEqual([]);
    const { value, attempts } = await task.extractList([[{ value: { city: "Paris" } }], calls]);
    expect([value, attempts[0]?.outcome]).toEqual([calls, "invalid"]);
    // One call is what was asked for: two that differ are no answer, and neither is one of another name.
    task.enqueue({ value: task.wire(calls[0]), fault: { kind: "second-tool-call", value: task.wire(calls[1]) } });
    await expect(task.extract([], { maxRetries: 0 })).rejects.toThrow(UnexpectedToolCallError);
    task.enqueue({ value: task.wire(calls[0]), fault: { kind: "wrong-tool-name", name: "buy_tea" } });
    await expect(task.extract([], { maxRetries: 0 })).rejects.toThrow("buy_tea");
  }),
  content_items: point(async (task) => {
    const [text, image] = [
      { type: "text", text: "See:" },
      { type: "image", url: "https://example.org/a.png" },
    ];
    expect(await all(task.streamList([[text, image, text]]))).toEqual([text, image, text]);
    expect(task.growth(text)).toEqual(expect.arrayContaining([{ type: "text" }, { type: "text", text: "Se" }]));
    // A URI is no text that grows.
    expect(task.growth(image).at(-2)).toEqual({ type: "image" });
    expect(task.faults({ type: "image", url: "not a uri" })).not.toEqual([]);
  }),
  // Routing begins before the summary ends.
  ticket: point<{ category: string; summary: string }>(async (task) => {
    const value = { category: "billing", priority: "high", sentiment: -0.5, summary: "Charged twice." };
    expect(Object.keys(task.spec.wire.one.function.parameters["properties"] as object)).toEqual(Object.keys(value));
    const call = task.stream([value]);
    const fields: unknown[] = [];
    for await (const { path, value: complete } of call.fields()) {
      if (path[0] === "category") expect([call.state("category"), call.state("summary")]).toEqual(["complete", "pending"]);
      fields.push([path.join("."), complete]);
    }
    expect(fields.filter((field) => Array.isArray(field) && field[0] !== "")).toEqual(Object.entries(value));
    expect(task.faults({ ...value, sentiment: -2 })).toEqual(["/sentiment minimum"]);
  }),
  // Cut off, the whole items are kept; or the rest is asked for.
  long_list: point<{ sku: string }>(async (task) => {
    const items = Array.from({ length: 2000 }, (_, at) => ({ sku: `s${at}`, qty: at, note: at % 2 === 0 ? null : "n" }));
    expect(await all(task.streamList([items]))).toEqual(items);
    const begun = JSON.stringify({ items: items.slice(0, 3) });
    const cut = { value: { items: items.slice(0, 3) }, fault: { kind: "finish-length", after: begun.length - 5 } } as const;
    task.enqueue(cut);
    const error: unknown = await task.streamList([]).result.catch((thrown: unknown) => thrown);
    expect(TruncatedError.is(error) && error.items).toEqual(items.slice(0, 2));
    task.enqueue(cut);
    expect(await all(task.streamList([items.slice(2)], { onTruncated: "continue" }))).toEqual(items);
  }),
  // The reasoning is a field of its own, or stands in tags before the JSON: neither reaches the value.
  reasoning_model: point<{ answer: string; confidence: number }>(async (task) => {
    const value = { answer: "42", confidence: 0.9 };
    task.enqueue({ value, reasoning: 'Is it {"answer": "41"}?' });
    const call = task.stream([]);
    const seen: unknown[] = [];
    for await (const partial of call) seen.push(partial);
    expect(JSON.stringify(seen)).not.toContain("41");
    const details = await call.withDetails();
    expect([details.value, details.reasoning]).toEqual([value, 'Is it {"answer": "41"}?']);
    task.enqueue({ text: `<think>Is it {"answer": "41"}?</think>${JSON.stringify(value)}` });
    expect((await task.extract([], { mode: "json_object", maxRetries: 0 })).value).toEqual(value);
  }),
};

function address(street: string, city: string): object {
  return { street, city, country: "X" };
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

function cells(row: string): string[] {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
