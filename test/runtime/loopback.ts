import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import type { ChatClient } from "../../src/runtime/options.js";

export interface SeenRequest {
  readonly headers: IncomingMessage["headers"];
  // Test data: whatever was sent.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Answers one request; the n-th of a call gets the n-th responder, later ones the last. */
export type Responder = (response: ServerResponse, request: SeenRequest) => unknown;

export interface Loopback extends AsyncDisposable {
  readonly baseURL: string;
  readonly client: ChatClient;
  readonly requests: SeenRequest[];
  /** Connections that are open now. */
  openConnections(): Promise<number>;
}

/** A server on a loopback port that answers as told: the wire, without an emulator's opinion. */
export async function loopback(...responders: readonly Responder[]): Promise<Loopback> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    let text = "";
    incoming.setEncoding("utf8");
    incoming.on("data", (piece: string) => (text += piece));
    incoming.on("end", () => {
      const request = { headers: incoming.headers, body: text === "" ? undefined : JSON.parse(text) };
      requests.push(request);
      responders[Math.min(requests.length, responders.length) - 1]?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseURL,
    client: new Cerebras({ apiKey: "k", baseURL, warmTCPConnection: false }),
    requests,
    openConnections: () =>
      new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Responder {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, completion_tokens_details: { reasoning_tokens: 2 } };
const time_info = { queue_time: 0.1, prompt_time: 0.2, completion_time: 0.3, total_time: 0.7, created: 1 };

/** A whole completion that calls a tool with `args`. */
export function toolAnswer(args: unknown, name = "extract_user"): Responder {
  return completion({
    role: "assistant",
    tool_calls: [
      { id: "abc123def", type: "function", function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) } },
    ],
  });
}

export function completion(
  message: Readonly<Record<string, unknown>>,
  finish_reason = "tool_calls" in message ? "tool_calls" : "stop",
): Responder {
  return json(
    200,
    {
      id: "chatcmpl-1",
      choices: [{ finish_reason, index: 0, message }],
      created: 1,
      model: "gpt-oss-120b",
      object: "chat.completion",
      usage,
      time_info,
    },
    { "x-request-id": "req-1", "x-ratelimit-remaining-tokens-minute": "999" },
  );
}

function chunk(delta: unknown): string {
  const choices = [{ delta, index: 0 }];
  return `data: ${JSON.stringify({ id: "chatcmpl-1", choices, created: 1, model: "gpt-oss-120b", object: "chat.completion.chunk" })}\n\n`;
}

/** The events of a streamed tool call, each piece of the arguments in one event. */
export function toolStream(pieces: readonly string[], name = "extract_user"): string {
  const end = {
    id: "chatcmpl-1",
    choices: [{ delta: {}, finish_reason: "tool_calls", index: 0 }],
    model: "gpt-oss-120b",
    object: "chat.completion.chunk",
    usage,
    time_info,
  };
  return [
    chunk({ role: "assistant" }),
    chunk({ reasoning: "Let me see" }),
    chunk({ tool_calls: [{ function: { name, arguments: "" }, type: "function", id: "8d6d4c473", index: 0 }] }),
    ...pieces.map((piece) => chunk({ tool_calls: [{ function: { arguments: piece }, type: "function", index: 0 }] })),
    `data: ${JSON.stringify(end)}\n\n`,
    "data: [DONE]\n\n",
  ].join("");
}

export function events(text: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Responder {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
    response.end(text);
  };
}
