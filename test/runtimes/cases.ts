import {
  AbortedError,
  ApiError,
  type ChatClient,
  extractEach,
  ExtractionError,
  extractOneOf,
  InvalidOutputError,
  MissingKeyError,
  StreamProtocolError,
  TimeoutError,
} from "@schemacast/runtime";
import { extractContact, streamContact } from "../../generated/contact.js";
import { extractFileTree, streamFileTree } from "../../generated/file-tree.js";
import { streamMeeting } from "../../generated/meeting.js";
import { extractOrder, orderSpec } from "../../generated/order.js";
import { extractUser, extractUserList, isUser, parseUser, streamUser, streamUserList, userSpec } from "../../generated/user.js";
import { collect, equal, failure, ok } from "./check.js";
import { contact, john, meeting, order, texts, tree, users } from "./replies.js";

/** One way to reach the emulator, and the emulator's ear. */
export interface Setup {
  readonly client: ChatClient;
  /** Makes another client, from options; without a key there is none in this environment. */
  readonly make: (apiKey?: string, baseURL?: string) => ChatClient;
  /** Prescribes how the next requests are answered: scenarios as in docs/emulator.md. */
  readonly enqueue: (...scenarios: readonly unknown[]) => Promise<void>;
}

const placed = { ...order, placedAt: new Date(order.placedAt) };
const slow = { chunkSize: 1, delay: 40, reasoning: "" };

/** What must be true of generated code and of the runtime wherever they run. Nothing here knows where that is. */
export const cases: Readonly<Record<string, (setup: Setup) => Promise<void>>> = {
  "extract, with what is known of the call": async ({ client }) => {
    const { value, usage, requestId, attempts, warnings } = await extractUser(texts.user, { client }).withDetails();
    equal(value, john);
    ok(isUser(value) && !isUser({ name: 1 }), "isUser tells them apart");
    ok((usage?.totalTokens ?? 0) > 0, "usage was read");
    ok(requestId !== undefined, "the response's headers were read");
    equal([attempts.length, warnings], [1, []]);
  },

  "modes json_schema and json_object": async ({ client }) => {
    for (const mode of ["json_schema", "json_object"] as const) equal(await extractContact(texts.contact, { client, mode }), contact, mode);
  },

  "a list": async ({ client }) => {
    equal(await extractUserList(texts.users, { client }), users);
  },

  "a TypeScript type, its Date a Date": async ({ client }) => {
    const found = await extractOrder(texts.order, { client });
    ok(found.placedAt instanceof Date, "placedAt is a Date");
    equal(found, placed);
  },

  "snapshots grow, and no number is ever a part of one": async ({ client, enqueue }) => {
    // With a pause between writes: what arrives at once is shown at once.
    await enqueue({ chunkSize: 1, delay: 8, reasoning: "" });
    const stream = streamUser(texts.user, { client });
    const snapshots = await collect(stream);
    const final = await stream.result;
    equal(final, john);
    ok(final === snapshots.at(-1), "the result is the last snapshot");
    ok(snapshots.length > 3, `several snapshots, not ${snapshots.length}`);
    ok(
      snapshots.every(({ age }) => age === undefined || age === 29),
      "29 is never 2",
    );
    ok(
      snapshots.every(({ name = "" }) => john.name.startsWith(name)),
      "the name only grows",
    );
  },

  "a list in a stream, each item when it is complete": async ({ client, enqueue }) => {
    await enqueue({ chunkSize: 3 });
    const stream = streamUserList(texts.users, { client });
    equal(await collect(stream), users);
    equal(await stream.result, users);
  },

  "elements, fields and text of a stream": async ({ client, enqueue }) => {
    await enqueue({ chunkSize: 2 }, { chunkSize: 9, writeSize: 5, reasoning: "" });
    const contacts = streamContact(texts.contact, { client });
    const [addresses, fields] = await Promise.all([collect(contacts.elements("addresses")), collect(contacts.fields())]);
    equal(addresses, contact.addresses);
    equal(fields.find(({ path }) => path.join(".") === "age")?.value, contact.age);
    // Written five bytes at a time: no character may be torn where network reads end.
    const meetings = streamMeeting(texts.meeting, { client });
    equal((await collect(meetings.text("summary"))).join(""), meeting.summary);
    equal(await meetings.result, meeting);
  },

  "an invalid answer is asked for again": async ({ client, enqueue }) => {
    await enqueue({ fault: { kind: "invalid-value" } }, {}, { fault: { kind: "malformed-json" } });
    const { value, attempts } = await extractUser(texts.user, { client }).withDetails();
    equal(value, john);
    equal(
      attempts.map(({ outcome }) => outcome),
      ["invalid", "ok"],
    );
    equal(await streamUser(texts.user, { client }).result, john);
  },

  "one that stays invalid is an InvalidOutputError": async ({ client, enqueue }) => {
    await enqueue({ fault: { kind: "invalid-value" } });
    const error = await failure(extractUser(texts.user, { client, maxRetries: 0 }));
    ok(InvalidOutputError.is(error) && error.issues.length > 0, `issues in ${String(error)}`);
  },

  "a refusal is an ApiError with its facts": async ({ client, enqueue }) => {
    await enqueue({ fault: { kind: "status", status: 401 } });
    const error = await failure(extractUser(texts.user, { client }));
    ok(ApiError.is(error) && error instanceof ExtractionError, `ApiError, not ${String(error)}`);
    ok(ApiError.is(error) && error.status === 401 && error.code === "wrong_api_key", `status and code of ${String(error)}`);
  },

  "too many requests are waited for": async ({ client, enqueue }) => {
    await enqueue({ fault: { kind: "status", status: 429, retryAfter: 0 } });
    const { value, attempts } = await extractUser(texts.user, { client }).withDetails();
    equal(value, john);
    equal(
      attempts.map(({ outcome }) => outcome),
      ["failed", "ok"],
    );
  },

  "a stream that is cut is asked for again, then a StreamProtocolError": async ({ client, enqueue }) => {
    const cut = { fault: { kind: "cut", events: 5, how: "close" } };
    await enqueue(cut, {}, cut);
    equal(await streamUser(texts.user, { client }).result, john);
    const error = await failure(streamUser(texts.user, { client, maxTransportRetries: 0 }).result);
    ok(StreamProtocolError.is(error), `StreamProtocolError, not ${String(error)}`);
  },

  "a server that can't be reached is an ApiError": async ({ make }) => {
    // No reset of a kept connection: Chromium and Deno send such a request again by themselves.
    const error = await failure(extractUser(texts.user, { client: make("k", "http://127.0.0.1:65535"), maxTransportRetries: 0 }));
    ok(ApiError.is(error) && error.status === undefined && error.cause !== undefined, `ApiError with its cause, not ${String(error)}`);
  },

  "a signal ends a stream in its middle": async ({ client, enqueue }) => {
    await enqueue(slow);
    const controller = new AbortController();
    const stream = streamUser(texts.user, { client, signal: controller.signal });
    const error = await failure(
      (async () => {
        for await (const partial of stream) if (partial.name !== undefined) controller.abort("enough");
      })(),
    );
    ok(AbortedError.is(error) && error.cause === "enough", `AbortedError with its reason, not ${String(error)}`);
  },

  "abort() and an aborted signal": async ({ client, enqueue }) => {
    await enqueue(slow);
    const stream = streamContact(texts.contact, { client });
    const reading = failure(
      (async () => {
        for await (const partial of stream) if (partial.name !== undefined) stream.abort("stop");
      })(),
    );
    ok(AbortedError.is(await reading), "abort() ends the readers");
    const before = await failure(extractUser(texts.user, { client, signal: AbortSignal.abort() }));
    ok(AbortedError.is(before), `AbortedError, not ${String(before)}`);
  },

  "leaving a stream harms nothing": async ({ client, enqueue }) => {
    await enqueue(slow);
    for await (const partial of streamContact(texts.contact, { client })) if (partial.name !== undefined) break;
    equal(await extractUser(texts.user, { client }), john);
  },

  "time that runs out is a TimeoutError": async ({ client, enqueue }) => {
    await enqueue({ fault: { kind: "stall", at: "headers" } }, { fault: { kind: "stall", at: 3 } });
    const total = await failure(extractUser(texts.user, { client, timeout: 300 }));
    ok(TimeoutError.is(total) && total.limit === "total", `limit total, not ${String(total)}`);
    const idle = await failure(streamUser(texts.user, { client, idleTimeout: 300, maxTransportRetries: 0 }).result);
    ok(TimeoutError.is(idle) && idle.limit === "idle", `limit idle, not ${String(idle)}`);
  },

  "a guided spec reads messy text, and says what it mended": async ({ client, enqueue }) => {
    const { value, repairs } = await extractFileTree(texts.tree, { client }).withDetails();
    equal(value, tree);
    ok(repairs.length > 0, "repairs are told");
    await enqueue({ chunkSize: 3 });
    equal(await streamFileTree(texts.tree, { client }).result, tree);
  },

  "one of several specs": async ({ client }) => {
    equal(await extractOneOf({ user: userSpec, order: orderSpec }, texts.either, { client }), { type: "order", value: placed });
  },

  "many documents": async ({ client, enqueue }) => {
    await enqueue({ fault: { kind: "status", status: 400, code: "context_length_exceeded" } });
    const inputs = Array.from({ length: 8 }, () => texts.user);
    const results = await collect(extractEach((input, options) => extractUser(input, { client, ...options }), inputs, { concurrency: 3 }));
    equal(results.filter((result) => result.ok).length, 7, "whole results");
    ok(
      results.some((result) => !result.ok && ApiError.is(result.error)),
      "the bad one is a named error",
    );
  },

  "an answer obtained elsewhere": async () => {
    equal(parseUser('{"name":"John Smith","age":29}'), john);
    let thrown: unknown;
    try {
      parseUser('{"name":"John Smith"}');
    } catch (error) {
      thrown = error;
    }
    ok(InvalidOutputError.is(thrown), `InvalidOutputError, not ${String(thrown)}`);
  },

  "a check of one's own, and hooks": async ({ client }) => {
    const seen: string[] = [];
    const error = await failure(
      extractUser(texts.user, {
        client,
        maxRetries: 1,
        validate: async (user) => user.age > 30 || "too young",
        hooks: { onRequest: () => void seen.push("request"), onValidationError: () => void seen.push("invalid") },
      }),
    );
    ok(InvalidOutputError.is(error), `InvalidOutputError, not ${String(error)}`);
    equal(seen, ["request", "invalid", "request", "invalid"]);
  },

  "a client made of options, and a missing key has a name": async ({ make }) => {
    equal(await extractUser(texts.user, { client: make("k") }), john);
    equal(await streamUser(texts.user, { client: make("k") }).result, john);
    for (const options of [{ client: make() }, {}]) {
      const error = await failure(extractUser(texts.user, options));
      ok(MissingKeyError.is(error), `MissingKeyError, not ${String(error)}`);
    }
  },
};
