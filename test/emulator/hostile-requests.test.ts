import { connect } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";

async function emulate(): Promise<Emulator> {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  return emulator;
}

/** What is sent byte by byte, as no client of ours would. @returns the status */
async function send({ port }: Emulator, head: readonly string[], body = ""): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  socket.write([...head, `content-length: ${Buffer.byteLength(body)}`, "connection: close", "", body].join("\r\n"));
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await readAll(socket))?.[1]);
}

const chat = ["POST /v1/chat/completions HTTP/1.1", "host: localhost", "authorization: Bearer k"];
const request = { model: "gpt-oss-120b", messages: [{ role: "user", content: "x" }], stream: true };

test("a page whose name leads to this machine gets nothing", async () => {
  const emulator = await emulate();
  const models = (host: string) => send(emulator, ["GET /v1/models HTTP/1.1", `host: ${host}`, "authorization: Bearer k"]);
  for (const host of [
    "evil.example",
    "evil.example:8080",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "127.0.0.1@evil.example",
    "0x7f.x",
    "internal.evil.example",
    "",
  ])
    expect([host, await models(host)]).toEqual([host, 403]);
  for (const host of [
    "localhost",
    "LOCALHOST:8080",
    "api.localhost:1",
    "127.0.0.1:8080",
    "[::1]:8080",
    "10.0.0.7",
    "host.docker.internal:8080",
  ])
    expect([host, await models(host)]).toEqual([host, 200]);
  expect(emulator.requests).toHaveLength(7);
});

test("no request ends the server", async () => {
  const emulator = await emulate();
  // Any page can send this one: an image is enough.
  expect(await send(emulator, ["GET // HTTP/1.1", "host: localhost"])).toBe(400);
  for (const scenario of [
    { fault: { kind: "status", status: 99_999 } },
    { fault: { kind: "status", status: 400, headers: { "a b": "x" } } },
    { fault: { kind: "raw", body: 5 } },
    { fault: null },
    { splitAt: 5 },
    { text: 5 },
    { reasoning: {} },
  ])
    expect(await send(emulator, [...chat, `x-emulator-scenario: ${JSON.stringify(scenario)}`], JSON.stringify(request))).toBe(400);
  const levels = 4000;
  const level = '{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":';
  const schema = `${level.repeat(levels)}{"type":"string"}${"}}".repeat(levels)}`;
  const format = `{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":${schema}}}`;
  expect(
    await send(emulator, chat, `{"model":"gpt-oss-120b","messages":[{"role":"user","content":"x"}],"response_format":${format}}`),
  ).toBe(400);
  expect(await send(emulator, chat, JSON.stringify(request))).toBe(200);
});
