import * as fc from "fast-check";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import type { Emulator, Fault, Scenario } from "../../src/emulator/index.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import type { ChatClient, ExtractOptions } from "../../src/runtime/options.js";
import type { User } from "./user-spec.js";

/** What the texts of these tests hold. */
export const truth: readonly User[] = Array.from({ length: 6 }, (_, age) => ({ name: `user ${age}`, age }));

/** How one request is answered: as a good model would, but for these. */
export interface Step {
  readonly fault?: Fault;
  /** Of a list: the items that are wrong in it. */
  readonly wrong: readonly number[];
  readonly chunkSize: number;
  readonly latency: number;
}

/** A call and what becomes of its requests; those that have no step of their own are answered well. */
export interface CallScript {
  readonly client: "sdk" | "fetch";
  readonly kind: "extract" | "extractList" | "stream" | "streamList";
  /** One of several specs: as one tool that takes a list, or as a tool for each. */
  readonly choice: "none" | "one tool" | "a tool for each";
  /** Answers stand in prose, and may be mended. */
  readonly messy: boolean;
  readonly steps: readonly Step[];
  readonly reader: "result" | "iterate" | "both" | "late" | "slow" | "break" | "throw" | "two" | "parts";
  readonly options: Pick<
    ExtractOptions<never>,
    | "maxRetries"
    | "maxTransportRetries"
    | "fallbackModels"
    | "maxTotalTokens"
    | "onInvalidItem"
    | "onTruncated"
    | "mode"
    | "validateWhileStreaming"
    | "live"
  >;
  readonly hooks: "watch" | "throw" | "reject" | "stop";
  readonly validate: "none" | "fine" | "slow" | "first" | "never" | "throws" | "rejects" | "garbage";
  readonly transform: "none" | "same" | "throws" | "rejects";
  /** The call's end: at so many milliseconds, or in the n-th call of a hook. */
  readonly end: { readonly by: "none" } | { readonly by: "timeout" | "signal" | "hook"; readonly at: number };
}

const at = fc.integer({ min: 1, max: 40 });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant("status" as const), status: fc.constantFrom(401, 404, 408, 500, 503) }),
  fc.record({ kind: fc.constant("status" as const), status: fc.constant(429), retryAfter: fc.constantFrom(0, "soon", 3600) }),
  fc.record({ kind: fc.constant("status" as const), status: fc.constant(400), code: fc.constantFrom("parser_error", "wrong_api_format") }),
  fc.record({ kind: fc.constant("cut" as const), bytes: fc.integer({ min: 0, max: 3000 }), how: fc.constantFrom("end", "close", "reset") }),
  fc.record({ kind: fc.constant("cut" as const), events: at, how: fc.constantFrom("end", "close", "reset") }),
  fc.record({ kind: fc.constant("stall" as const), at: fc.oneof(fc.constant("headers" as const), at) }),
  fc.record({
    kind: fc.constant("error-chunk" as const),
    after: at,
    shape: fc.constantFrom("nested", "flat", "event"),
    status: fc.constantFrom(400, 429, 500),
    code: fc.constantFrom("parser_error", "queue_exceeded"),
  }),
  fc.record({ kind: fc.constant("finish-length" as const), after: fc.integer({ min: 0, max: 150 }) }),
  fc.record({ kind: fc.constant("malformed-json" as const), style: fc.constantFrom("cut", "garbage") }),
  fc.record({ kind: fc.constant("malformed-chunk" as const), after: at }),
  fc.constantFrom<Fault>(
    { kind: "reset" },
    { kind: "html" },
    { kind: "invalid-value" },
    { kind: "no-tool-call" },
    { kind: "second-tool-call" },
    { kind: "second-tool-call", value: { name: "another", age: 1 } },
    { kind: "wrong-tool-name" },
    { kind: "content-filter" },
    { kind: "empty-answer" },
    { kind: "empty-choices" },
    { kind: "unknown-chunks" },
    { kind: "missing-finish" },
    { kind: "missing-done" },
    { kind: "duplicate-done" },
  ),
);

const step: fc.Arbitrary<Step> = fc.record(
  {
    fault,
    wrong: fc.uniqueArray(fc.integer({ min: 0, max: truth.length - 1 }), { maxLength: 2 }),
    chunkSize: fc.constantFrom(3, 7, 30, 1000),
    latency: fc.constantFrom(0, 0, 3),
  },
  { requiredKeys: ["wrong", "chunkSize", "latency"] },
);

/** Mostly the first: what ends a call at once is no good company for the rest. */
function mostly<V>(usual: V, ...others: readonly V[]): fc.Arbitrary<V> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) });
}

export const callScript: fc.Arbitrary<CallScript> = fc.record({
  client: fc.constantFrom("sdk", "fetch"),
  kind: fc.constantFrom("streamList", "streamList", "streamList", "stream", "extractList", "extract"),
  choice: mostly<CallScript["choice"]>("none", "one tool", "a tool for each"),
  messy: mostly(false, true),
  steps: fc.array(step, { maxLength: 5 }),
  reader: fc.constantFrom("iterate", "result", "both", "late", "slow", "break", "throw", "two", "parts"),
  options: fc.record({
    maxRetries: fc.constantFrom(0, 1, 2),
    maxTransportRetries: fc.constantFrom(0, 1, 2),
    fallbackModels: fc.constantFrom([], ["another"], ["another", "gpt-oss-120b"]),
    maxTotalTokens: mostly(1e9, 1, 150, 400),
    onInvalidItem: fc.constantFrom("throw", "skip", "repair"),
    onTruncated: fc.constantFrom("throw", "continue"),
    mode: mostly("tools", "json_schema"),
    validateWhileStreaming: mostly(false, true),
    live: mostly(false, true),
  }),
  hooks: mostly("watch", "throw", "reject", "stop"),
  validate: mostly("none", "fine", "slow", "first", "never", "throws", "rejects", "garbage"),
  transform: mostly("none", "same", "throws", "rejects"),
  end: fc.oneof(
    { weight: 5, arbitrary: fc.constant({ by: "none" } as const) },
    { weight: 2, arbitrary: fc.record({ by: fc.constantFrom("timeout", "signal", "hook"), at: fc.integer({ min: 1, max: 30 }) }) },
  ),
});

/** What a client has sent for one call. */
export interface SentCall {
  readonly client: ChatClient;
  /** Requests handed to it. */
  readonly count: () => number;
}

interface Body {
  readonly stream?: boolean;
  readonly messages: readonly {
    readonly role: string;
    readonly content?: string;
    readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
  }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly response_format?: { readonly json_schema?: { readonly name: string } };
}

/** A client whose requests are answered as the script says. @param id tells the call's requests from others in what the emulator records */
export function scriptedClient({ client: kind, steps, choice, messy }: CallScript, emulator: Emulator, id: string): SentCall {
  const real: ChatClient =
    kind === "sdk"
      ? new Cerebras({ apiKey: "k", baseURL: emulator.url, warmTCPConnection: false })
      : fetchClient({ apiKey: "k", baseURL: emulator.url });
  const send = real.chat.completions.create.bind(real.chat.completions) as (body: unknown, options: unknown) => unknown;
  let count = 0;
  const create = (body: Body, options: { readonly headers: Readonly<Record<string, string>> }): unknown => {
    const scenario = JSON.stringify(scenarioOf({ body, choice, messy }, steps[count++]));
    return send(body, { ...options, headers: { ...options.headers, "x-call": id, "x-emulator-scenario": scenario } });
  };
  return { client: { chat: { completions: { create: create as never } } }, count: () => count };
}

interface Asked extends Pick<CallScript, "choice" | "messy"> {
  readonly body: Body;
}

function scenarioOf(
  { body, choice, messy }: Asked,
  { fault, wrong, chunkSize, latency }: Step = { wrong: [], chunkSize: 30, latency: 0 },
): Scenario {
  const name = body.tools?.[0]?.function.name ?? body.response_format?.json_schema?.name ?? "";
  const said = body.messages.findLastIndex(({ role }) => role === "assistant");
  const last = body.messages
    .slice(said + 1)
    .map(({ content }) => content)
    .join("\n");
  const all = body.messages.map(({ content }) => content).join("\n");
  const single = /Of the items in this text[\s\S]*?"name": "user (\d)"/.exec(all)?.[1];
  const users = truth
    .map((user) => (wrong.includes(user.age) ? { ...user, age: "so many" } : user))
    .slice(shownBefore(body.messages[said], last));
  const faulty = { chunkSize, latency, ...(fault !== undefined && { fault }) };
  if ((body.tools?.length ?? 0) > 1) {
    const calls = users.map((value) => ({ name: "extract_user", value }));
    return { calls: calls.length > 0 ? calls : [{ name: "extract_nothing", value: { reason: "none" } }], ...faulty };
  }
  const tagged = (value: unknown): unknown => (choice === "none" ? value : { type: "user", value });
  const one = single === undefined ? truth[0] : truth[Number(single)];
  const result = tagged(wrong.length > 1 ? { ...one, age: "so many" } : one);
  const value = name.endsWith("_list") ? { items: users.map(tagged) } : choice === "none" ? result : { result };
  return messy && body.tools === undefined
    ? { text: `Here:\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\``, ...faulty }
    : { value, ...faulty };
}

/** How many items the model is told that it has given already. */
function shownBefore(said: Body["messages"][number] | undefined, last: string): number {
  const isJoined = last.includes("only for what the text holds after it");
  if (!isJoined && !last.includes("only the items that come after them")) return 0;
  const text = said?.tool_calls?.at(isJoined ? -1 : 0)?.function.arguments ?? said?.content ?? "";
  const name = [...text.matchAll(/"name":"user (\d)"/g)].at(-1)?.[1];
  return Number(name) + 1;
}
