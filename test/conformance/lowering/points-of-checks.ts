// oxlint-disable unicorn/consistent-function-scoping -- an entry holds all it needs, what makes its values too
import { expect } from "vitest";
import { acyclic, idsExist, orderByDependencies, quoteIn, sumOf, uniqueBy } from "../../../src/runtime/index.js";
import { type HardPoint, point, TaskBench } from "./task-bench.js";

type Graph = { readonly query_graph: readonly { readonly id: number; readonly dependencies: readonly number[] }[] };
type Facts = { readonly answer: readonly { readonly fact: string; readonly substring_quote: readonly string[] }[] };
type Segments = { readonly sections: readonly { readonly start_index: number; readonly end_index: number }[] };

/** Where the hard point is a rule that no schema says: the model is told, at the place, and asked again. */
export const checkPoints: { readonly [id: string]: HardPoint } = {
  // The tags are known at call time only: narrowed on the wire, or checked with the context.
  bulk_tags: point<{ texts: readonly string[]; predictions: readonly { id: number; name: string }[] }>(async (task) => {
    const of = (...names: readonly string[]): { texts: string[]; predictions: { id: number; name: string }[] } => ({
      texts: ["a", "b"],
      predictions: names.map((name, id) => ({ id, name })),
    });
    const options = {
      context: { tags: ["spam", "ham"] },
      validate: ({ texts, predictions }: ReturnType<typeof of>, { tags }: { tags: readonly string[] }) =>
        predictions.length !== texts.length
          ? "a prediction for each text"
          : predictions.flatMap(({ name }, at) =>
              tags.includes(name) ? [] : [{ path: ["predictions", at, "name"], message: `must be one of ${tags.join(", ")}` }],
            ),
    } as const;
    // The check's own parameter is mutable, as a caller would write it.
    const validate = options.validate as (value: unknown, context: { tags: readonly string[] }) => ReturnType<typeof options.validate>;
    expect(await task.complaint(of("spam"), of("spam", "ham"), { ...options, validate })).toContain("a prediction for each text");
    expect(await task.complaint(of("spam", "eggs"), of("spam", "ham"), { ...options, validate })).toContain("must be one of spam, ham");
    const narrow = { "predictions.*.name": ["spam", "ham"] };
    expect(await task.complaint(of("spam", "eggs"), of("spam", "ham"), { narrow })).toContain('must be one of "spam", "ham"');
    expect(task.bodies.at(-1)).toContain('"enum":["spam","ham"]');
  }),
  query_plan: point<Graph>(async (task) => {
    const of = (...dependencies: readonly (readonly number[])[]): Graph => ({
      query_graph: dependencies.map((each, at) => ({ id: at + 1, question: "q", dependencies: each, node_type: "SINGLE" })),
    });
    await task.takes(of([2], []));
    const validate = [
      idsExist<Graph>(["query_graph.*.dependencies.*"], "query_graph.*.id"),
      acyclic<Graph>("query_graph.*", { to: "dependencies.*" }),
    ];
    expect(await task.complaint(of([3], []), of([2], []), { validate })).toContain("refers to what is not there; there are 1, 2");
    expect(await task.complaint(of([2], [1]), of([2], []), { validate })).toContain("closes a cycle: 1 → 2 → 1");
    const { value } = await task.extract([of([2], [])]);
    const order = orderByDependencies(value.query_graph, { id: ({ id }) => id, after: ({ dependencies }) => dependencies });
    expect(order?.map(({ id }) => id)).toEqual([2, 1]);
  }),
  // Dates are said in words and judged by their format; the range is the caller's.
  query_expand: point<{ published_daterange: { start?: string | null; end?: string | null } }>(async (task) => {
    const rest = { rewritten_query: "q", domains_allow_list: ["a.org"] };
    const of = (start: string | null, end: string | null): { published_daterange: { start: string | null; end: string | null } } => ({
      ...rest,
      published_daterange: { start, end },
    });
    expect(task.sent).not.toContain('"format"');
    expect(task.sent).toContain("date as in 2024-05-31");
    await task.takes(of("2024-02-29", null));
    expect(task.faults(of("2023-02-29", null))).toContain("/published_daterange/start format");
    const validate = ({ published_daterange: { start, end } }: { published_daterange: { start?: string | null; end?: string | null } }) =>
      !start || !end || start <= end || "start is after end";
    expect(await task.complaint(of("2024-02-02", "2024-02-01"), of("2024-02-01", "2024-02-01"), { validate })).toContain(
      "start is after end",
    );
  }),
  // The day of the call goes into the prompt.
  rag_timeline: point<{ time_filter: object }>(async (task) => {
    const query = { query: "q" };
    const of = (start_date: string | null): { time_filter: object } => ({ ...query, time_filter: { start_date, end_date: null } });
    await task.takes(of("2024-05-31T14:00:00Z"));
    await task.extract([of(null)], { context: { today: "2024-06-01" }, instructions: ({ today }) => `Today is ${today}.` });
    expect(task.bodies.at(-1)).toContain("Today is 2024-06-01.");
    expect(await task.complaint(of("yesterday"), of("2024-05-31T14:00:00+02:00"))).toContain('"start_date": "yesterday",  // must be');
  }),
  entities: point<{ entities: readonly object[] }>(async (task) => {
    const of = (...dependencies: readonly number[]): { entities: readonly object[] } => ({
      entities: [
        {
          id: 1,
          subquote_string: ["q"],
          entity_title: "t",
          properties: [{ key: "k", value: "v", resolved_absolute_value: "v" }],
          dependencies,
        },
      ],
    });
    await task.takes(of(1));
    const validate = idsExist<{ entities: readonly object[] }>(["entities.*.dependencies.*"], "entities.*.id");
    expect(await task.complaint(of(2), of(), { validate })).toContain("refers to what is not there; there are 1");
    // What a schema says of a field is the prompt.
    const described = { type: "array", description: "Resolve every reference. ".repeat(8).trim(), items: { type: "string" } };
    await using long = await TaskBench.of({ type: "object", properties: { entities: described }, required: ["entities"] });
    expect(long.sent).toContain(described.description);
    task.enqueue({ value: of(1), fault: { kind: "finish-length", after: 60 } });
    await expect(task.extract([])).rejects.toMatchObject({
      name: "TruncatedError",
      partial: { entities: [{ id: 1, subquote_string: ["q"] }] },
    });
  }),
  // Found values occur in the text, as often as they like, in each other too; each is replaced, the longest first.
  pii: point<{ private_data: readonly { pii_value: string }[] }>(async (task) => {
    const text = "Ada Lovelace (Ada), ada@example.org, Ada";
    const of = (...values: readonly string[]): { private_data: readonly { pii_value: string }[] } => ({
      private_data: values.map((pii_value, index) => ({ index, data_type: "x", pii_value })),
    });
    const validate = quoteIn<{ private_data: readonly { pii_value: string }[] }>("private_data.*.pii_value", text);
    const right = of("Ada", "Ada Lovelace", "ada@example.org", "Ada");
    expect(await task.complaint(of("Ada", "Bo"), right, { validate })).toContain('"pii_value": "Bo"  // does not occur in the source text');
    const { value } = await task.extract([right], { validate });
    const found = value.private_data.map(({ pii_value }) => pii_value).toSorted((a, b) => b.length - a.length);
    expect(found.reduce((so, each) => so.replaceAll(each, "…"), text)).toBe("… (…), …, …");
  }),
  // Quotes occur in the text of the call, special characters or not; white space and quotation marks may differ.
  citations: point<Facts>(async (task) => {
    const of = (...quotes: readonly string[]): Facts & { question: string } => ({
      question: "q",
      answer: quotes.map((quote) => ({ fact: "f", substring_quote: quote === "" ? [] : [quote] })),
    });
    const options = {
      context: { text: "It costs $5.00 (plus tax),\n “today” [sic]." },
      validate: quoteIn<Facts, { text: string }>("answer.*.substring_quote.*", ({ text }) => text),
    };
    for (const quote of ["$5.00 (plus tax)", 'tax), "today" [sic]']) {
      expect((await task.extract([of(quote)], options)).attempts).toHaveLength(1);
    }
    expect(await task.complaint(of("5x00"), of("$5.00"), options)).toContain('"5x00"  // does not occur in the source text');
    const near = {
      ...options,
      validate: quoteIn<Facts, { text: string }>("answer.*.substring_quote.*", ({ text }) => text, { tolerance: 0.2 }),
    };
    expect((await task.extract([of("it costs $5.0, plus tax")], near)).attempts).toHaveLength(1);
    expect(await task.complaint(of("it is free of tax"), of("$5.00"), near)).toContain("does not occur in the source text");
    const transform = (value: Facts): Facts => ({ ...value, answer: value.answer.filter((fact) => fact.substring_quote.length > 0) });
    expect((await task.extract([of("$5.00", "")], { ...options, transform })).value.answer).toHaveLength(1);
  }),
  // Cents may be off by what binary fractions lose; unfinished receipts are not added up.
  receipt: point<{ total: number }>(async (task) => {
    const items = [0.1, 0.2].map((price) => ({ name: "n", price, quantity: 1 }));
    const of = (total: number): { items: typeof items; total: number } => ({
      items,
      total,
    });
    let judged = 0;
    const sum = sumOf<{ total: number }>("total", "items.*.price", { times: "items.*.quantity" });
    const validate = (value: { total: number }): ReturnType<typeof sum> => {
      judged++;
      return sum(value, undefined);
    };
    expect(await task.stream([of(0.3)], { validate }).result).toEqual(of(0.3));
    expect(judged).toBe(1);
    expect(await task.complaint(of(0.31), of(0.3), { validate })).toContain('"total": 0.31  // is not the sum of its parts, which is 0.3');
  }),
  doc_segments: point<Segments>(async (task) => {
    const of = (...ranges: readonly (readonly [number, number])[]): Segments => ({
      sections: ranges.map(([start_index, end_index]) => ({ title: "t", start_index, end_index })),
    });
    expect(task.sent).not.toContain('"minimum"');
    expect(task.faults(of([-1, 2]))).toEqual(["/sections/0/start_index minimum"]);
    const options = {
      context: { lines: 10 },
      validate: ({ sections }: Segments, { lines }: { lines: number }) =>
        sections.every(
          ({ start_index, end_index }, at) => start_index <= end_index && end_index < (sections[at + 1]?.start_index ?? lines + 1),
        ) || `sections follow each other, up to line ${lines}`,
    };
    for (const wrong of [of([0, 4], [4, 9]), of([3, 1]), of([0, 11])]) {
      expect(await task.complaint(wrong, of([0, 4], [5, 10]), options)).toContain("up to line 10");
    }
  }),
  // Lengths and bounds are said in words and judged; an id of the caller's is not asked for.
  flashcards: point<{ options: readonly string[]; answer_index: number }>(async (task) => {
    const rest = { question: "q", difficulty: 1 };
    const of = (options: readonly string[], answer_index: number): { options: readonly string[]; answer_index: number } => ({
      ...rest,
      options,
      answer_index,
    });
    expect(task.sent).not.toMatch(/"(minItems|maxItems|minimum|maximum)"/);
    const good = of(["a", "b", "c", "d"], 3);
    const list = task.streamList([[good, of(["a"], 4), good]], { onInvalidItem: "skip" });
    const cards: object[] = [];
    for await (const card of list) cards.push({ ...card, id: cards.length });
    expect(cards).toEqual([
      { ...good, id: 0 },
      { ...good, id: 1 },
    ]);
    expect(task.faults(of(["a"], 4)).toSorted()).toEqual(["/answer_index maximum", "/options minItems"]);
  }),
  maybe_user: point<{ result: object | null; error: boolean; message: string | null }>(async (task) => {
    const user = { age: 36, name: "Ada", role: null };
    const failed = { result: null, error: true, message: "no user" };
    await task.takes({ result: user, error: false, message: null });
    await task.takes(failed);
    expect(task.growth(failed)).toContainEqual({ result: null, error: true, message: "no" });
    // Said as a union it can't be contradicted, and is narrowed by its tag.
    const branch = (properties: object): object => ({
      type: "object",
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    });
    const found = branch({ error: { const: false }, result: branch({ name: { type: "string" } }) });
    await using union = await TaskBench.of({ anyOf: [found, branch({ error: { const: true }, message: { type: "string" } })] });
    await union.takes({ error: false, result: { name: "Ada" } });
    expect(union.growth({ error: true, message: "no" })).toContainEqual({ error: true, message: "n" });
    expect(union.faults({ error: true, result: { name: "Ada" } })).not.toEqual([]);
    const validate = ({ result, error }: { result: object | null; error: boolean }): true | string =>
      error === (result === null) || "an error has no result";
    expect(await task.complaint({ ...failed, result: user }, failed, { validate })).toContain("an error has no result");
  }),
  time_range: point<{ start_time: number; end_time: number }>(async (task) => {
    expect(task.sent).not.toMatch(/"(minimum|maximum)"/);
    expect(task.sent).toContain("From 0 to 24.");
    expect(task.faults({ start_time: -1, end_time: 25 })).toEqual(["/start_time minimum", "/end_time maximum"]);
    const validate = ({ start_time, end_time }: { start_time: number; end_time: number }) =>
      start_time < end_time || [{ path: ["end_time"], message: "must be after start_time" }];
    const told = await task.complaint({ start_time: 9, end_time: 9 }, { start_time: 9, end_time: 17 }, { validate });
    expect(told).toContain('"end_time": 9  // must be after start_time');
  }),
  // The format is declared before the time, which is checked by it and made uniform.
  timestamp: point<{ title: string; time_format: string; timestamp: string }>(async (task) => {
    const of = (time_format: string, timestamp: string): { title: string; time_format: string; timestamp: string } => ({
      title: "t",
      time_format,
      timestamp,
    });
    expect(Object.keys(task.spec.wire.one.function.parameters["properties"] as object)).toEqual(Object.keys(of("", "")));
    const validate = (value: ReturnType<typeof of>): boolean | string =>
      value.time_format.replaceAll(/[HMS]/g, "9") === value.timestamp.replaceAll(/\d/g, "9") || `must be written ${value.time_format}`;
    expect(await task.complaint(of("HH:MM:SS", "12:30"), of("MM:SS", "12:30"), { validate })).toContain("must be written HH:MM:SS");
    const transform = (value: ReturnType<typeof of>): ReturnType<typeof of> => of("HH:MM:SS", `00:${value.timestamp}`);
    expect((await task.extract([of("MM:SS", "12:30")], { validate, transform })).value).toEqual(of("HH:MM:SS", "00:12:30"));
  }),
  // Only the ids of the call; sorted when they are right.
  rerank: point<{ labels: readonly { chunk_id: string; relevancy: number }[] }>(async (task) => {
    type Labels = { labels: readonly { chunk_id: string; relevancy: number }[] };
    const of = (...labels: readonly (readonly [string, number])[]): Labels => ({
      labels: labels.map(([chunk_id, relevancy]) => ({ chunk_id, chain_of_thought: "c", relevancy })),
    });
    expect(task.faults(of(["a", 11]))).toEqual(["/labels/0/relevancy maximum"]);
    const narrow = { "labels.*.chunk_id": ["a", "b"] };
    expect(await task.complaint(of(["z", 1]), of(["a", 1]), { narrow })).toContain('"chunk_id": "z",  // must be one of "a", "b"');
    const transform = ({ labels }: Labels): Labels => ({ labels: labels.toSorted((one, other) => other.relevancy - one.relevancy) });
    expect((await task.extract([of(["a", 1], ["b", 9])], { narrow, transform })).value).toEqual(of(["b", 9], ["a", 1]));
  }),
  matching_language: point<{ detected_language: string; summary: string }>(async (task) => {
    const of = (summary: string): { detected_language: string; summary: string } => ({ detected_language: "fr", summary });
    expect(Object.keys(task.spec.wire.one.function.parameters["properties"] as object)).toEqual(["detected_language", "summary"]);
    const options = {
      context: { detect: (text: string) => (text.startsWith("Le ") ? "fr" : "en") },
      validate: (value: ReturnType<typeof of>, { detect }: { detect: (text: string) => string }) =>
        detect(value.summary) === value.detected_language || [
          { path: ["summary"], message: `is ${detect(value.summary)}, the text is fr` },
        ],
    };
    expect(await task.complaint(of("The tea"), of("Le thé"), options)).toContain('"summary": "The tea"  // is en, the text is fr');
  }),
  // The categories are narrowed to the catalogue of the call; what depends on another field is checked.
  catalog_metadata: point<{ category: string; subcategory: string }>(async (task) => {
    const catalogue: Readonly<Record<string, readonly string[]>> = { tea: ["green"], coffee: ["dark"] };
    const rest = { title: "t", product_types: [], colors: ["red"] };
    const of = (category: string, subcategory: string): { category: string; subcategory: string } => ({
      ...rest,
      category,
      subcategory,
    });
    const options = {
      narrow: { category: Object.keys(catalogue), "colors.*": ["red", "blue"] },
      context: catalogue,
      validate: ({ category, subcategory }: { category: string; subcategory: string }, config: typeof catalogue) =>
        config[category]?.includes(subcategory) || [{ path: ["subcategory"], message: `of ${category}: ${config[category]?.join(", ")}` }],
    };
    expect(await task.complaint(of("tea", "dark"), of("tea", "green"), options)).toContain('"subcategory": "dark",  // of tea: green');
    expect(await task.complaint(of("cocoa", "dark"), of("coffee", "dark"), options)).toContain('must be one of "tea", "coffee"');
    expect(task.bodies.at(-1)).toContain('"enum":["red","blue"]');
  }),
  relations: point<{ users: readonly { id: number; friends: readonly number[] }[] }>(async (task) => {
    type Users = { users: readonly { id: number; friends: readonly number[] }[] };
    const of = (...users: readonly (readonly [number, readonly number[]])[]): Users => ({
      users: users.map(([id, friends]) => ({ id, name: "n", friends })),
    });
    const validate = [
      uniqueBy<Users>("users.*.id"),
      idsExist<Users>(["users.*.friends.*"], "users.*.id"),
      ({ users }: Users) =>
        users.every(({ id, friends }) =>
          friends.every((friend) => users.find((other) => other.id === friend)?.friends.includes(id) ?? true),
        ) || "friends are friends of each other",
    ];
    const right = of([1, [2]], [2, [1]]);
    expect(await task.complaint(of([1, []], [1, []]), right, { validate })).toContain("is the same as users.0.id; each must occur once");
    expect(await task.complaint(of([1, [3]]), right, { validate })).toContain("refers to what is not there; there are 1");
    expect(await task.complaint(of([1, [2]], [2, []]), right, { validate })).toContain("friends are friends of each other");
  }),
};
