// oxlint-disable unicorn/consistent-function-scoping -- an entry holds all it needs, what makes its values too
import { expect } from "vitest";
import { extract, extractEach, uniqueBy } from "../../../src/runtime/index.js";
import { type HardPoint, point, type TaskBench } from "./task-bench.js";

interface Graph {
  readonly nodes: readonly { readonly id: number; readonly label: string; readonly color: string }[];
  readonly edges: readonly object[];
}

interface Density {
  readonly summary: string;
  readonly absent: readonly string[];
  readonly missing: readonly string[];
}

/** Where the hard point is several calls, or their prompts. */
export const callPoints: { readonly [id: string]: HardPoint } = {
  // The state so far goes into the next prompt; the same tool each time; what both know is merged by its id.
  kg_update: point<Graph>(async (task) => {
    expect(task.sent).not.toContain('"default"');
    const of = (...ids: readonly number[]): Graph => ({ nodes: ids.map((id) => ({ id, label: `n${id}`, color: "blue" })), edges: [] });
    let state = of();
    for (const [text, found] of [
      ["first part", of(1, 2)],
      ["second part", of(2, 3)],
    ] as const) {
      const messages = [{ role: "user", content: `Known: ${JSON.stringify(state)}\n${text}` }] as const;
      task.enqueue({ value: found });
      const { nodes } = await extract(task.spec, messages, { client: task.client, validate: uniqueBy<Graph>("nodes.*.id") });
      state = { ...state, nodes: [...state.nodes, ...nodes.filter(({ id }) => !state.nodes.some((known) => known.id === id))] };
    }
    expect(state).toEqual(of(1, 2, 3));
    const [first, second] = sentBodies(task);
    expect(second?.messages.at(-1)?.content).toContain(`Known: ${JSON.stringify(of(1, 2))}`);
    expect(second?.tools).toEqual(first?.tools);
    expect(await task.complaint(of(1, 1), of(1), { validate: uniqueBy<Graph>("nodes.*.id") })).toContain("is the same as nodes.0.id");
  }),
  // Many at a time, never more than allowed; where the provider has no room, later.
  judge: point<{ thought: string; justification: string; similarity: boolean }>(async (task) => {
    const value = { thought: "t", justification: "j", similarity: true };
    task.enqueue({ fault: { kind: "status", status: 429, retryAfter: 0 } }, ...Array.from({ length: 12 }, () => ({ value, latency: 5 })));
    let most = 0;
    const results = extractEach(
      task.extractor,
      Array.from({ length: 12 }, (_, at) => `pair ${at}`),
      {
        concurrency: 4,
        onProgress: ({ running }) => void (most = Math.max(most, running)),
      },
    );
    const verdicts: unknown[] = [];
    for await (const result of results) verdicts.push(result.ok && result.value);
    expect(verdicts).toEqual(Array.from({ length: 12 }, () => value));
    expect(task.bodies).toHaveLength(13);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    await task.extract([value], { maxCompletionTokens: 200 });
    expect(task.bodies.at(-1)).toContain('"max_completion_tokens":200');
    expect(task.faults({ ...value, similarity: "yes" })).toEqual(["/similarity type"]);
  }),
  // Each round covers what the last one missed and is long enough; asking again is in the count.
  chain_of_density: point<Density>(async (task) => {
    const of = (summary: string, ...missing: readonly string[]): Density => ({ summary, absent: [], missing });
    expect(task.sent).not.toMatch(/"(minItems|maxItems)"/);
    expect([task.faults(of("s")), task.faults(of("s", "a", "b", "c", "d"))]).toEqual([["/missing minItems"], ["/missing maxItems"]]);
    const long = "word ".repeat(60);
    let wanted: readonly string[] = [];
    let tokens = 0;
    for (const answers of [[of(long, "Ada")], [of(long, "Bo"), of("Ada", "Bo"), of(`${long} Ada`, "Bo")]]) {
      const { value, usage } = await task.extract(answers, {
        context: { wanted },
        validate: [
          ({ summary }) => summary.trim().split(/\s+/).length >= 60 || "at least 60 words",
          ({ summary }, { wanted: names }) => names.filter((name) => !summary.includes(name)).map((name) => issue(`${name} is missing`)),
        ],
      });
      wanted = value.missing;
      tokens += usage?.totalTokens ?? 0;
    }
    expect(wanted).toEqual(["Bo"]);
    expect(task.bodies).toHaveLength(4);
    expect(task.bodies[2]).toContain("Ada is missing");
    expect(task.bodies[3]).toContain("at least 60 words");
    expect(tokens).toBeGreaterThan(0);
  }),
  // The prefix of all requests is the same, so that the provider can cache it.
  story_choices: point<{ choices: readonly string[] }>(async (task) => {
    const rest = { setting: "s", plot_summary: "p", visual_style: "v", image_description: "i" };
    const of = (...choices: readonly string[]): { choices: readonly string[] } => ({ ...rest, choices });
    expect([task.faults(of("a")), task.faults(of("a", "b"))]).toEqual([["/choices minItems"], []]);
    const inputs = Array.from({ length: 200 }, (_, at) => `choice ${at}`);
    task.enqueue(...inputs.map(() => ({ value: of("a", "b"), latency: 2 })));
    let most = 0;
    const onProgress = ({ running }: { readonly running: number }): void => void (most = Math.max(most, running));
    for await (const result of extractEach(task.extractor, inputs, { concurrency: 32, onProgress })) expect(result.ok).toBe(true);
    expect(most).toBeLessThanOrEqual(32);
    expect(prefixes(task).size).toBe(1);
    expect(sentBodies(task)).toHaveLength(200);
  }),
  // Enough is enough: the connection is closed; examples reach the model.
  synthetic_users: point<{ name: string; age: number }>(async (task) => {
    expect(task.sent).toContain('Fancy French sounding names. E.g. \\"Amélie\\", \\"Céline\\".');
    expect(task.faults({ name: "Zoé", age: 121 })).toEqual(["/age maximum"]);
    const users = ["Zoé", "Léo", "Eva"].map((name, age) => ({ name, age }));
    expect(await task.itemsBeforeTheEnd(JSON.stringify({ items: users }).slice(0, -4), 2)).toEqual(users.slice(0, 2));
  }),
  // What the first call found is the text of the second; lists may be null.
  ad_copy: point<{ products: readonly { name: string }[] | null }>(async (task) => {
    const noMessage = { error: false, message: null };
    const of = (products: readonly object[] | null): { products: readonly { name: string }[] | null } => ({
      ...noMessage,
      products: products as readonly { name: string }[] | null,
    });
    await task.takes(of(null));
    await task.takes(of([{ name: "Tea", key_features: null, description: "hot" }]));
    const found = of([{ name: "Tea", key_features: ["green"], description: null }]);
    const { value } = await task.extract([found]);
    task.enqueue({ value: of(null) });
    await extract(task.spec, `Write copy for ${value.products?.map(({ name }) => name).join(", ")}`, { client: task.client });
    expect(task.bodies.at(-1)).toContain("Write copy for Tea");
    expect(task.faults(of([{ name: "Tea", key_features: [1], description: null }]))).toContain("/products/0/key_features/0 type");
  }),
  // One bad document is its own error; what is done is not asked for again.
  qa_pairs: point<{ chain_of_thought: string; question: string; answer: string }>(async (task) => {
    const value = { chain_of_thought: "c", question: "q", answer: "a" };
    task.enqueue({ value }, { fault: { kind: "content-filter" } }, { value });
    const done = new Set<string>();
    const run = async (): Promise<readonly string[]> => {
      const outcomes: string[] = [];
      const each = extractEach(task.extractor, ["one", "two", "three"], {
        concurrency: 1,
        key: (input) => input,
        skip: (key) => done.has(key),
      });
      for await (const result of each) {
        if (result.ok) done.add(result.key);
        outcomes.push(`${result.key}: ${result.ok ? result.value.answer : result.error.name}`);
      }
      return outcomes;
    };
    expect(await run()).toEqual(["one: a", "two: RefusedError", "three: a"]);
    task.enqueue({ value });
    expect(await run()).toEqual(["two: a"]);
    expect(task.bodies).toHaveLength(4);
  }),
  // Byte for byte the same tool in each request, with the long text before what differs.
  situated_context: point<{ title: string; context: string }>(async (task) => {
    const value = { title: "t", context: "c" };
    const document = "A long document. ".repeat(200);
    for (const chunk of ["first", "second", "third"]) {
      task.enqueue({ value });
      const messages = [
        { role: "user", content: document },
        { role: "user", content: chunk },
      ] as const;
      expect(await extract(task.spec, messages, { client: task.client })).toEqual(value);
    }
    expect(prefixes(task).size).toBe(1);
    expect(new Set(sentBodies(task).map(({ messages }) => messages[1]?.content))).toEqual(new Set([document]));
    expect(sentBodies(task).map(({ messages }) => messages.at(-1)?.content)).toEqual(["first", "second", "third"]);
  }),
};

interface SentBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools: readonly unknown[];
}

function sentBodies<T>({ bodies }: TaskBench<T>): readonly SentBody[] {
  // Requests in mode `tools`, as the emulator has checked them.
  return bodies.map((body) => JSON.parse(body) as SentBody);
}

/** What stands before the text, in the requests so far: tools and system message. */
function prefixes<T>(task: TaskBench<T>): ReadonlySet<string> {
  return new Set(sentBodies(task).map(({ tools, messages }) => JSON.stringify([tools, messages[0]])));
}

function issue(message: string): { readonly path: readonly []; readonly message: string } {
  return { path: [], message };
}
