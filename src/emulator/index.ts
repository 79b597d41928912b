import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerChat, errorResponse, jsonBody, unknownFault } from "./answer-chat.js";
import { type ApiError, badRequest, errorBody, modelNotFound, wrongKey } from "./api-error.js";
import { type Cassettes, loadCassettes } from "./cassettes.js";
import { countPrompt, messageText, readChatRequest } from "./chat-request.js";
import { isFields, type Fields } from "../samples/fields.js";
import { crossOriginHeaders, isOurs, isPreflight } from "./cross-origin.js";
import { readHeaderScenario } from "./header-scenario.js";
import { findModel, modelEntry, modelList, publicModelList } from "./models.js";
import type { Emulator, EmulatorOptions, RecordedRequest } from "./options.js";
import { planResponse } from "./plan-response.js";
import { createRandom, hashText, type Random } from "../samples/random.js";
import { RateLimiter } from "./rate-limiter.js";
import { refuseRequest } from "./refuse-request.js";
import type { Scenario } from "./scenario.js";
import { sendResponse } from "./send-response.js";
import type { WireBody } from "./wire-response.js";

export type { Emulator, EmulatorOptions, RecordedRequest, Reply } from "./options.js";
export type { RateLimit } from "./rate-limiter.js";
export type { AnswerFault, AnswerlessFault, Fault, Scenario, StreamFault, TransportFault } from "./scenario.js";

/** Bodies beyond this many bytes get a 413. */
const largestBody = 8 * 1024 * 1024;

/**
 * Starts a server on a loopback address that speaks the wire format of the Cerebras chat-completions API: models, chat completions
 * plain and streamed, and the refusals. What it says is recorded, prescribed or sampled; no model is asked.
 *
 * @throws {Error} the port is taken, or the folder of `cassettes` can't be used
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const cassettes = options.cassettes === undefined ? undefined : loadCassettes(options.cassettes);
  const state: State = {
    options,
    cassettes,
    recorded: [],
    scenarios: [...(options.scenarios ?? [])],
    limiter: new RateLimiter(options.rateLimit),
    count: 0,
    closing: new AbortController(),
  };
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    handle(request, response, state).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: options.port ?? 0, host: "127.0.0.1", backlog: 4096 }, resolve);
  });
  // server.address() is a string only for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: state.recorded,
    enqueue: (...scenarios) => void state.scenarios.push(...scenarios),
    close: () =>
      new Promise((resolve) => {
        state.closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface State {
  readonly options: EmulatorOptions;
  readonly cassettes: Cassettes | undefined;
  readonly recorded: RecordedRequest[];
  readonly scenarios: Scenario[];
  readonly limiter: RateLimiter;
  /** Requests so far: no two share their ids. */
  count: number;
  readonly closing: AbortController;
}

/** A body and the scenario it is sent by. */
interface Routed {
  readonly answer: WireBody;
  readonly scenario: Scenario;
}

/** A request that nobody thought of must not end the server, and with it everybody's tests. */
function fail(response: ServerResponse, error: unknown): void {
  const message = `The emulator could not answer this request: ${error instanceof Error ? error.message : String(error)}`;
  if (response.headersSent) response.destroy();
  else response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(badRequest(message, "x-emulator").body));
}

async function handle(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  if (!isOurs(request.headers.host)) {
    const message = `This emulator answers to localhost, addresses, *.internal and *.test, not to ${request.headers.host ?? ""}.`;
    response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify(badRequest(message, "x-emulator").body));
    return;
  }
  const crossOrigin = crossOriginHeaders(request, state.options.allowOrigin);
  if (state.options.allowOrigin !== undefined && isPreflight(request)) {
    response.writeHead(204, crossOrigin).end();
    return;
  }
  const bytes = await readBody(request).catch(() => "gone" as const);
  if (bytes === "gone") return;
  const body = parseBody(bytes);
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const { answer, scenario } = route(request, path, body, state);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const planned = planResponse(bytes === undefined ? jsonBody(413, errorBody(413)) : answer, scenario);
  const wire = { ...planned, headers: { ...planned.headers, ...crossOrigin } };
  state.recorded.push({ method: request.method ?? "", path, headers, ...(body !== undefined && { body }), status: wire.status });
  if (state.recorded.length > (state.options.maxRecorded ?? 1000)) state.recorded.shift();
  await sendResponse(response, wire, state.closing.signal);
}

function route(request: IncomingMessage, path: string, body: unknown, state: State): Routed {
  const random = createRandom(hashText(`${state.count++}`, state.options.seed ?? 1));
  const further = state.options.models ?? [];
  const { method } = request;
  if (method === "GET" && path === "/public/v1/models") return plain(jsonBody(200, publicModelList()));
  const key = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1]?.trim();
  if (!key || (state.options.apiKey !== undefined && key !== state.options.apiKey)) return plain(errorResponse(wrongKey(), random));
  if (method === "GET" && path === "/v1/tcp_warming") return plain(jsonBody(200, {}));
  if (method === "GET" && path === "/v1/models") return plain(jsonBody(200, modelList(further)));
  if (method === "GET" && path.startsWith("/v1/models/")) {
    const id = path.slice("/v1/models/".length);
    return plain(findModel(id, further) ? jsonBody(200, modelEntry(id)) : errorResponse(modelNotFound(id), random));
  }
  if (method === "POST" && path === "/v1/chat/completions") return routeChat(request, body, state, random);
  const message = `No route for ${method ?? ""} ${path}`;
  return plain(errorResponse({ status: 404, body: { message, type: "not_found_error", param: null, code: "not_found" } }, random));
}

function routeChat(request: IncomingMessage, body: unknown, state: State, random: Random): Routed {
  const now = (state.options.clock ?? Date.now)();
  const noRoom = state.limiter.admit(now, reservedTokens(body));
  if (noRoom !== undefined) return plain(errorResponse(noRoom, random));
  const fromHeaders = readHeaderScenario(request.headers);
  const complaint = "complaint" in fromHeaders ? fromHeaders.complaint : undefined;
  const scenario: Scenario = { ...(state.scenarios.shift() ?? state.options.scenario), ...fromHeaders };
  const stranger = unknownFault(scenario);
  if (complaint !== undefined || stranger) {
    return {
      answer: errorResponse(badRequest(complaint ?? `No such emulator fault: ${String(stranger?.kind)}`, "x-emulator"), random),
      scenario: {},
    };
  }
  if (state.cassettes !== undefined) {
    const recorded = state.cassettes.answer(body);
    if (!("problem" in recorded)) return { answer: recorded, scenario };
    return plain(errorResponse(cassetteNotFound(recorded.problem), random));
  }
  const refusal = refuseRequest(body, state.options.models ?? []);
  if (refusal || !isFields(body))
    return { answer: errorResponse(refusal ?? badRequest("Invalid JSON body.", "validation_error"), random), scenario: {} };
  const { options, limiter } = state;
  return { answer: answerChat(body, { options, scenario, random, samples: sampleRandom(body, state), now, limiter }), scenario };
}

/** What a request may come to use; nothing where it does not say. */
function reservedTokens(body: unknown): number {
  const request = isFields(body) ? readChatRequest(body) : undefined;
  return request?.maxCompletionTokens === undefined ? 0 : countPrompt(request) + request.maxCompletionTokens;
}

function cassetteNotFound(message: string): ApiError {
  return { status: 404, body: { message, type: "not_found_error", param: null, code: "cassette_not_found" } };
}

/** Samples depend on the request alone, so that a second run says the same; ids differ from request to request. */
function sampleRandom(body: Fields, state: State): Random {
  const request = readChatRequest(body);
  const last = request.messages.findLast((message) => message["role"] === "user");
  return createRandom(hashText(`${request.seed ?? ""} ${last ? messageText(last) : ""}`, state.options.seed ?? 1));
}

function plain(answer: WireBody): Routed {
  return { answer, scenario: {} };
}

function parseBody(bytes: Buffer | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const text = bytes.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body, or nothing when it is too large. @throws the client left */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    // Without setEncoding the parts are buffers.
    const bytes = part as Buffer;
    size += bytes.length;
    if (size <= largestBody) parts.push(bytes);
  }
  return size > largestBody ? undefined : Buffer.concat(parts);
}
