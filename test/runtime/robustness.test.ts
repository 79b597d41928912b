import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { PlainReader } from "../../src/runtime/call/plain-reader.js";
import { startCall } from "../../src/runtime/call/start-call.js";
import { withDetails } from "../../src/runtime/call/with-details.js";
import { streamExchange } from "../../src/runtime/call/stream-exchange.js";
import { AbortedError } from "../../src/runtime/errors/aborted-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { TimeoutError } from "../../src/runtime/errors/timeout-error.js";
import { extract } from "../../src/runtime/extract.js";
import type { ExtractionDetails, ExtractOptions } from "../../src/runtime/options.js";
import { stream } from "../../src/runtime/stream.js";
import { events, json, loopback, toolAnswer, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

function streamed(options: ExtractOptions<User>, reader = new PlainReader(userSpec, "one")): Promise<ExtractionDetails<User>> {
  return withDetails(startCall({ spec: userSpec, shape: "one", input: "…", options, reader, exchange: streamExchange }));
}

function never(): Promise<never> {
  return new Promise(() => {});
}

const john = { name: "John", age: 29 };

test("a process that has met every fault ends by itself at once: no timer, no socket, no unhandled rejection", async () => {
  const script = fileURLToPath(new URL("fixtures/leak-process.js", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 20_000 });
  const { outcomes, at } = JSON.parse(stdout);
  expect(outcomes.join(" ")).toBe(
    "value ApiError TimeoutError StreamProtocolError StreamProtocolError ApiError ApiError InvalidOutputError ApiError AbortedError",
  );
  expect(Date.now() - at).toBeLessThan(5000);
});

test("an abort at any turn of the event loop ends the call at once, with the reason", async () => {
  await using server = await loopback(async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of toolStream(['{"name":"John",', '"age":', '"29"}']).split(/(?<=\n\n)/)) {
      response.write(event);
      await setImmediate();
    }
    response.end();
  });
  const reason = new Error("enough");
  let aborted = 0;
  for (let turns = 0; turns < 80; turns++) {
    const abort = new AbortController();
    const state = { isOver: false };
    const call = streamed({ client: server.client, signal: abort.signal }).then(
      () => "value",
      (error: unknown) => error,
    );
    void call.then(() => (state.isOver = true));
    for (let turn = 0; turn < turns && !state.isOver; turn++) await setImmediate();
    abort.abort(reason);
    const outcome = await call;
    if (InvalidOutputError.is(outcome)) continue;
    aborted++;
    expect(AbortedError.is(outcome) && outcome.cause).toBe(reason);
  }
  expect(aborted).toBeGreaterThan(10);
});

test("an abort inside every piece of the caller's own code", async () => {
  await using server = await loopback(toolAnswer(john));
  const places: Record<string, ExtractOptions<User>> = {
    validate: { validate: never },
    transform: { transform: never },
    onRequest: { hooks: { onRequest: never } },
    onResponse: { hooks: { onResponse: never } },
    onUsage: { hooks: { onUsage: never } },
  };
  for (const [place, options] of Object.entries(places)) {
    const error: unknown = await extract(userSpec, "…", { ...options, client: server.client, signal: AbortSignal.timeout(50) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(AbortedError.is(error), place).toBe(true);
  }
  const error: unknown = await extract(userSpec, "…", { client: server.client, validate: never, timeout: 100 }).catch(
    (thrown: unknown) => thrown,
  );
  expect(TimeoutError.is(error) && error.limit).toBe("total");
});

test("an abort before the call sends nothing", async () => {
  await using server = await loopback(toolAnswer(john));
  await expect(extract(userSpec, "…", { client: server.client, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
  expect(server.requests).toHaveLength(0);
});

test("an abort while waiting to send again ends the wait", async () => {
  await using server = await loopback(json(429, { message: "slow", code: "queue_exceeded" }, { "retry-after": "20" }));
  const begun = performance.now();
  await expect(extract(userSpec, "…", { client: server.client, signal: AbortSignal.timeout(60) })).rejects.toBeInstanceOf(AbortedError);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test("an aborted request closes its connection", async () => {
  let isClosed = false;
  await using server = await loopback((response) => {
    response.on("close", () => (isClosed = true));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": nothing yet\n\n");
  });
  await expect(streamed({ client: server.client, signal: AbortSignal.timeout(60) })).rejects.toBeInstanceOf(AbortedError);
  await expect.poll(() => isClosed).toBe(true);
});

test("a slow consumer does not count as an idle API", async () => {
  const pieces = ['{"na', 'me":"Jo', 'hn","a', 'ge":29}'];
  await using server = await loopback((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of toolStream(pieces).split(/(?<=\n\n)/)) response.write(event);
    response.end();
  });
  class SlowReader extends PlainReader {
    override async write(text: string): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 150));
      super.write(text);
    }
  }
  const { value } = await streamed({ client: server.client, idleTimeout: 100 }, new SlowReader(userSpec, "one"));
  expect(value).toEqual(john);
});

test("the connection is used again after a stream that was read to its end", async () => {
  await using server = await loopback(events(toolStream([JSON.stringify(john)])));
  for (let count = 0; count < 5; count++) {
    await streamed({ client: server.client });
    await setImmediate();
  }
  expect(await server.openConnections()).toBe(1);
});

test("a thousand calls share one listener of their signal: no warning of a leak, and all end with it", async () => {
  const warnings: Error[] = [];
  const collect = (warning: Error): void => void warnings.push(warning);
  process.on("warning", collect);
  const abort = new AbortController();
  const { signal } = abort;
  const count = vi.spyOn(signal, "addEventListener");
  const options = { client: { chat: { completions: { create: never } } }, signal };
  const calls = Array.from({ length: 500 }, () => [extract(userSpec, "…", options), streamed(options)]).flat();
  const streams = Array.from(
    { length: 50 },
    () => stream({ ...userSpec, handler: { plan: { root: { kind: "any" } } } }, "…", options).result,
  );
  await setImmediate();
  abort.abort(new Error("enough"));
  const outcomes = await Promise.allSettled([...calls, ...streams]);
  expect(outcomes.every((outcome) => outcome.status === "rejected" && AbortedError.is(outcome.reason))).toBe(true);
  expect(count).toHaveBeenCalledTimes(1);
  await setImmediate();
  process.off("warning", collect);
  expect(warnings).toEqual([]);
});

test("a call that is over lets go of its signal; a frozen signal does as well", async () => {
  await using server = await loopback(toolAnswer(john));
  const { signal } = new AbortController();
  await extract(userSpec, "…", { client: server.client, signal });
  const waiting: unknown = Reflect.get(signal, Symbol.for("schemacast.abortListeners"));
  expect(waiting).toEqual(new Set());
  const frozen = Object.freeze(new AbortController().signal);
  expect(await extract(userSpec, "…", { client: server.client, signal: frozen })).toEqual(john);
});
