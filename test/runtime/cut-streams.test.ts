import { expect, test } from "vitest";
import { PlainReader } from "../../src/runtime/call/plain-reader.js";
import { startCall } from "../../src/runtime/call/start-call.js";
import { streamExchange } from "../../src/runtime/call/stream-exchange.js";
import { StreamProtocolError } from "../../src/runtime/errors/stream-protocol-error.js";
import { loopback, toolStream } from "./loopback.js";
import { userSpec } from "./user-spec.js";

/** Two-, three- and four-byte characters, escapes and a surrogate pair: a cut can fall inside each. */
const user = { name: 'Jö 日本 😀 "\\ud83d\\ude00"\n', age: 29 };

test("a stream cut at any byte gives the value when its finish reason had come, else a StreamProtocolError", async () => {
  const args = JSON.stringify(user);
  const stream = Buffer.from(toolStream([args.slice(0, 3), args.slice(3, 12), args.slice(12)]));
  const whole = stream.indexOf("\n\n", stream.indexOf('"finish_reason"')) + 2;
  await using server = await loopback((response, { headers }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(stream.subarray(0, Number(headers["x-cut"])));
  });
  const outcomes = await inBatches(stream.length + 1, 40, async (cut) => {
    const reader = new PlainReader(userSpec, "one");
    const options = { client: server.client, headers: { "x-cut": String(cut) }, maxTransportRetries: 0 };
    return startCall({ spec: userSpec, shape: "one", input: "…", options, reader, exchange: streamExchange }).then(
      ({ value }) => value,
      (error: unknown) => (StreamProtocolError.is(error) ? "cut" : error),
    );
  });
  // The last event counts without its blank line: an event is whole for the parser at the end of its line or one byte later.
  for (const [cut, outcome] of outcomes.entries()) {
    if (cut < whole - 2) expect(outcome, `cut at ${cut}`).toBe("cut");
    else if (cut >= whole) expect(outcome, `cut at ${cut}`).toEqual(user);
  }
});

test("split into network writes at any byte, the value is the same", async () => {
  const args = JSON.stringify(user);
  const stream = Buffer.from(toolStream([args.slice(0, 5), args.slice(5)]));
  await using server = await loopback((response, { headers }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(stream.subarray(0, Number(headers["x-cut"])), () =>
      setImmediate(() => response.end(stream.subarray(Number(headers["x-cut"])))),
    );
  });
  const values = await inBatches(stream.length - 1, 40, async (cut) => {
    const reader = new PlainReader(userSpec, "one");
    const options = { client: server.client, headers: { "x-cut": String(cut + 1) } };
    return (await startCall({ spec: userSpec, shape: "one", input: "…", options, reader, exchange: streamExchange })).value;
  });
  for (const value of values) expect(value).toEqual(user);
});

async function inBatches<V>(count: number, size: number, run: (index: number) => Promise<V>): Promise<V[]> {
  const results: V[] = [];
  for (let start = 0; start < count; start += size) {
    const batch = Array.from({ length: Math.min(size, count - start) }, (_, index) => run(start + index));
    results.push(...(await Promise.all(batch)));
  }
  return results;
}
