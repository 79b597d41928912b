import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { WireResponse } from "./wire-response.js";

/** Does a response's steps. Ends early when the client leaves. Never throws. */
export async function sendResponse(response: ServerResponse, wire: WireResponse, signal: AbortSignal): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const left = AbortSignal.any([gone.signal, signal]);
  for (const step of wire.steps) {
    if (left.aborted || response.destroyed) return;
    switch (step.kind) {
      case "wait":
        await sleep(step.milliseconds, undefined, { signal: left }).catch(() => undefined);
        break;
      case "headers":
        response.writeHead(wire.status, wire.headers);
        response.flushHeaders();
        break;
      case "write":
        if (step.bytes.length > 0) await write(response, step.bytes, left);
        break;
      case "end":
        response.end();
        return;
      case "close":
        // What was written goes out first; then the connection ends in the middle of the body.
        await nextTurn();
        response.socket?.end(() => response.destroy());
        return;
      case "reset":
        response.socket?.resetAndDestroy();
        return;
      case "hang":
        await new Promise<void>((resolve) => left.addEventListener("abort", () => resolve(), { once: true }));
        return;
    }
  }
}

/** Writes and lets the network have it: each write becomes a packet of its own as far as the system goes along. */
async function write(response: ServerResponse, bytes: Uint8Array, left: AbortSignal): Promise<void> {
  if (!response.write(bytes)) {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        response.off("drain", done);
        left.removeEventListener("abort", done);
        resolve();
      };
      response.once("drain", done);
      left.addEventListener("abort", done, { once: true });
    });
  }
  await nextTurn();
}
