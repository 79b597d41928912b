import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { inspect } from "node:util";
import { createGzip } from "node:zlib";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { describe, expect, test } from "vitest";
import { fetchClient } from "../../src/runtime/fetch.js";
import { ApiError, extract, ExtractionError } from "../../src/runtime/index.js";
import type { ChatClient } from "../../src/runtime/options.js";
import { stream } from "../../src/runtime/stream.js";
import { events, type Loopback, loopback, type Responder } from "./loopback.js";
import { profileSpec } from "../stream/profile-spec.js";
import { userSpec } from "./user-spec.js";

// A server that means harm, or a proxy in its place: what it can make of a call is an error, soon, and no larger than what was asked for.

const unrepeated = { maxTransportRetries: 0, maxRetries: 0 } as const;

function failure(call: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  );
}

function clientsOf({ baseURL }: Loopback, apiKey = "k"): { readonly fetch: ChatClient; readonly sdk: ChatClient } {
  return { fetch: fetchClient({ apiKey, baseURL }), sdk: new Cerebras({ apiKey, baseURL, warmTCPConnection: false }) };
}

describe("an API key that no header takes is in no error", () => {
  test.each(["csk-secret\n", "csk-se\ncret", "csk-secret\u200b"])("%j", async (key) => {
    await using server = await loopback((response) => void response.writeHead(401, { "content-type": "application/json" }).end("{}"));
    for (const client of Object.values(clientsOf(server, key))) {
      const error = await failure(extract(userSpec, "…", { client }));
      expect(ExtractionError.is(error)).toBe(true);
      expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(/secret|se\\*n?cret|csk-/);
      // Fetch takes a line break at the end off by itself, and sends.
      if (ApiError.is(error)) expect([key, error.status]).toEqual(["csk-secret\n", 401]);
      else expect(error).toMatchObject({ message: expect.stringContaining("line break at the end of the API key"), attempts: [{}] });
    }
  });
});

describe("a redirection does not take the input and the headers to another server", () => {
  test.each([301, 302, 303, 307, 308])("HTTP %i", async (status) => {
    await using other = await loopback((response) => void response.end("{}"));
    const location = `${other.baseURL.replace("127.0.0.1", "localhost")}/internal`;
    await using server = await loopback((response) => void response.writeHead(status, { location }).end());
    const client = fetchClient({ apiKey: "k", baseURL: server.baseURL, headers: { "x-gateway-key": "g" } });
    for (const call of [() => extract(userSpec, "private", { client }), () => stream(profileSpec(), "private", { client }).result]) {
      const error = await failure(call());
      expect(error).toMatchObject({
        name: "ApiError",
        status,
        message: expect.stringContaining(`redirects to ${location}`),
        attempts: [{}],
      });
    }
    expect(other.requests).toEqual([]);
  });
});

/** Writes as long as somebody reads. */
async function flood(to: Writable, piece: string | Uint8Array, response: ServerResponse): Promise<void> {
  const closed = once(response, "close");
  while (!response.destroyed) if (!to.write(piece)) await Promise.race([once(to, "drain"), closed]);
  to.destroy();
}

const mebibyte = Buffer.alloc(2 ** 20, " ");
const endless: Readonly<Record<string, Responder>> = {
  "an answer": (response) => void flood(response.writeHead(200, { "content-type": "application/json" }), mebibyte, response),
  "the text of an error": (response) => void flood(response.writeHead(400, { "content-type": "text/html" }), mebibyte, response),
  "what unpacks to a thousand times its size": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    const packed = createGzip({ level: 1 });
    packed.pipe(response);
    void flood(packed, mebibyte, response);
  },
};

describe("a body without end is given up by fetchClient", () => {
  test.each(Object.entries(endless))("%s", { timeout: 120_000 }, async (_, responder) => {
    await using server = await loopback(responder);
    const error = await failure(extract(userSpec, "…", { client: clientsOf(server).fetch, ...unrepeated }));
    expect(error).toMatchObject({ name: "StreamProtocolError", message: "The API sent more than 67108864 characters." });
  });
});

function chunkOf(delta: unknown): string {
  return `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta }] })}\n\n`;
}

describe("what stands in a stream beside the answer has an end", () => {
  test("arguments of another tool", { timeout: 120_000 }, async () => {
    const call = { index: 7, id: "z", function: { name: "other", arguments: "a".repeat(2 ** 22) } };
    const event = Buffer.from(chunkOf({ tool_calls: [call] }));
    await using server = await loopback(
      (response) => void flood(response.writeHead(200, { "content-type": "text/event-stream" }), event, response),
    );
    const error = await failure(stream(profileSpec(), "…", { client: clientsOf(server).fetch, ...unrepeated }).result);
    expect(error).toMatchObject({ name: "StreamProtocolError", message: "The API sent more than 268435456 characters beside the answer." });
  });

  test("a hundred thousand tool calls in one event", async () => {
    const calls = Array.from({ length: 100_000 }, (_, index) => ({ index, id: `c${index}`, function: { name: "other", arguments: "" } }));
    await using server = await loopback(events(chunkOf({ tool_calls: calls })));
    const error = await failure(stream(profileSpec(), "…", { client: server.client, ...unrepeated }).result);
    expect(error).toMatchObject({ name: "StreamProtocolError", message: "The API sent more than 10000 calls." });
  });

  test("a million chunks that nobody knows", { timeout: 120_000 }, async () => {
    const event = Buffer.from("data: 1\n\n".repeat(10_000));
    await using server = await loopback(
      (response) => void flood(response.writeHead(200, { "content-type": "text/event-stream" }), event, response),
    );
    const error = await failure(stream(profileSpec(), "…", { client: server.client, ...unrepeated }).result);
    expect(error).toMatchObject({ name: "StreamProtocolError", message: expect.stringContaining("beside the answer") });
  });
});
