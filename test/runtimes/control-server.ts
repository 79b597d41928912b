import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { startEmulator, type Scenario } from "../../src/emulator/index.js";
import { replies } from "./replies.js";
import type { SuiteResult } from "./suite.js";

/** The test's side of a runtime: an emulator to ask, and a server that tells it how to answer and hears how it went. */
export interface ControlServer extends AsyncDisposable {
  readonly url: string;
  /** What the suite posted when it was through; rejects where it could not run. */
  readonly result: Promise<SuiteResult>;
}

/** No code from strings, nothing from elsewhere, connections to loopback only. */
const contentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:*";

/** @param script what `/suite.js` is for a page; other runtimes bring theirs */
export async function startControlServer(script = ""): Promise<ControlServer> {
  const emulator = await startEmulator({ replies, allowOrigin: "*" });
  let settle: { resolve(result: SuiteResult): void; reject(error: Error): void } | undefined;
  const result = new Promise<SuiteResult>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever awaits it hears of it; a runtime that never starts is told by its own process.
  result.catch(() => undefined);
  const routes: Readonly<Record<string, (body: string, response: ServerResponse) => void>> = {
    "/config": (_, response) => void response.end(JSON.stringify({ baseURL: emulator.url })),
    "/enqueue": (body, response) => {
      emulator.enqueue(...(JSON.parse(body) as Scenario[]));
      response.end("{}");
    },
    "/result": (body, response) => {
      const posted = JSON.parse(body) as SuiteResult | { readonly broken: string };
      if ("broken" in posted) settle?.reject(new Error(posted.broken));
      else settle?.resolve(posted);
      response.end("{}");
    },
    "/suite.js": (_, response) => void response.setHeader("content-type", "text/javascript").end(script),
    "/": (_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8").setHeader("content-security-policy", contentSecurityPolicy);
      response.end('<!doctype html><meta charset="utf-8"><title>suite</title><script type="module" src="/suite.js"></script>');
    },
  };
  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      const route = routes[new URL(request.url ?? "/", "http://localhost").pathname];
      if (route === undefined) response.writeHead(404).end();
      else route(body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // server.address() is a string only for pipes.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    result,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const piece of request) text += String(piece);
  return text;
}
