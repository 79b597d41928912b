import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { PlainReader } from "../../src/runtime/call/plain-reader.js";
import { startCall } from "../../src/runtime/call/start-call.js";
import { streamExchange } from "../../src/runtime/call/stream-exchange.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { extract } from "../../src/runtime/extract.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import type { ChatClient } from "../../src/runtime/options.js";
import type { Spec } from "../../src/runtime/spec.js";
import { toolStream } from "../runtime/loopback.js";
import { userSpec } from "../runtime/user-spec.js";

const corpora = process.env["SCHEMACAST_CORPORA"] ?? new URL("../../../shared/corpora", import.meta.url).pathname;
const recorded = `${corpora}/../cerebras/wire/jp-tool-forced-function-gpt-oss.1.response.txt`;

/** Takes anything: what is tested is the way of the bytes. */
const anySpec: Spec<unknown> = {
  ...userSpec,
  wire: { ...userSpec.wire, one: { ...userSpec.wire.one, function: { ...userSpec.wire.one.function, name: "run_me" } } },
  validate: () => true,
};

let server: Server;
let baseURL: string;
let body = Buffer.alloc(0);

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      const cut = Number(request.headers["x-cut"]);
      response.writeHead(200, { "content-type": "text/event-stream" });
      if (request.headers["x-how"] === "end") return void response.end(body.subarray(0, cut));
      response.write(body.subarray(0, cut), () => {
        // The bytes are on their way; what follows them is a closed or a reset connection.
        setTimeout(() => (request.headers["x-how"] === "reset" ? request.socket.resetAndDestroy() : response.destroy()), 2);
      });
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const streams = {
  "a stream with escapes and wide characters": () =>
    Buffer.from(toolStream(['{"name":"Jö 日', '本 \\ud83d\\ude00 😀","age"', ":29}"], "run_me")),
  ...(existsSync(recorded) ? { "a recorded stream": () => readFileSync(recorded) } : {}),
};

for (const [what, read] of Object.entries(streams)) {
  for (const how of ["end", "close", "reset"]) {
    for (const kind of ["sdk", "fetch"] as const) {
      test(`${what}, cut at every byte (${how}, ${kind})`, async () => {
        body = read();
        const client: ChatClient =
          kind === "sdk" ? new Cerebras({ apiKey: "k", baseURL, warmTCPConnection: false }) : fetchClient({ apiKey: "k", baseURL });
        const text = body.toString("latin1");
        const whole = text.indexOf("\n\n", text.indexOf('"finish_reason":"')) + 2;
        for (let cut = 0; cut <= body.length; cut += 50) {
          const cuts = Array.from({ length: Math.min(50, body.length + 1 - cut) }, (_, index) => cut + index);
          await Promise.all(cuts.map((at) => check(client, how, at, whole)));
        }
      });
    }
  }
}

async function check(client: ChatClient, how: string, cut: number, whole: number): Promise<void> {
  const options = { client, headers: { "x-cut": String(cut), "x-how": how }, maxTransportRetries: 0, maxRetries: 0, idleTimeout: 20_000 };
  const reader = new PlainReader(anySpec, "one");
  const outcome = await startCall({ spec: anySpec, shape: "one", input: "…", options, reader, exchange: streamExchange }).then(
    () => "value",
    (error: unknown) => (ExtractionError.is(error) ? error.name : error),
  );
  // A reset may overtake bytes that were sent before it: then a whole answer was not received.
  if (cut >= whole && how !== "reset") expect(outcome, `cut at ${cut}`).toBe("value");
  else if (cut < whole - 2)
    expect(["StreamProtocolError", ...(how === "reset" || cut === 0 ? ["ApiError"] : [])], `cut at ${cut}`).toContain(outcome);
  else expect(["StreamProtocolError", "ApiError", "value"]).toContain(outcome);
}

test("10,000 concurrent calls end, each with its value, and leave nothing behind", async () => {
  const emulator = await startEmulator({ scenario: { value: { name: "John", age: 29 } }, maxRecorded: 1 });
  try {
    const client = fetchClient({ apiKey: "k", baseURL: emulator.url });
    const options = { client, timeout: 300_000, idleTimeout: 300_000 };
    const values = await Promise.all(Array.from({ length: 10_000 }, () => extract(userSpec, "…", options)));
    expect(values).toHaveLength(10_000);
    expect(new Set(values.map((value) => JSON.stringify(value)))).toEqual(new Set(['{"name":"John","age":29}']));
  } finally {
    await emulator.close();
  }
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout");
  expect(timers.length).toBeLessThan(50);
});
