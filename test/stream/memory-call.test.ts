import { execFile } from "node:child_process";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { streamList } from "../../src/runtime/stream.js";
import { loopback, toolStream } from "../runtime/loopback.js";
import { fakeClient } from "./fake-client.js";
import { profileSpec } from "./profile-spec.js";
import { cut } from "./read-pieces.js";

const script = fileURLToPath(new URL("fixtures/list-memory.js", import.meta.url));
const item = `${JSON.stringify({ name: "Ada Lovelace, of Ockham Park", age: 36, note: "x".repeat(60) })},`;
/** 20 MB of items. */
const count = Math.ceil(20e6 / item.length);

/** The events of so many items, 16 characters in each, as long as somebody reads. @returns how many items were sent */
async function sendItems(response: ServerResponse, most: number): Promise<number> {
  const whole = toolStream([item], "extract_user_list");
  const [head = "", end = ""] = whole.split(/data: [^\n]*Ockham[^\n]*\n\n/);
  const pieces = (text: string): string => toolStream(text.match(/[^]{1,16}/g) ?? [], "extract_user_list").slice(head.length, -end.length);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(head + pieces('{"items":['));
  const events = Buffer.from(pieces(item));
  const last = pieces(`${item.slice(0, -1)}]}`);
  let sent = 0;
  for (; sent < most && !response.destroyed; sent++) if (!response.write(events)) await drained(response);
  if (!response.destroyed) response.end(last + end);
  return sent;
}

async function drained(response: ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  // Who closes the connection is no fault here.
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).catch(() => {});
  over.abort();
}

test("a failure after items that are not kept ends the iteration with an error, behind all that was valid", async () => {
  const items = [...Array.from({ length: 10_050 }, (_, age) => ({ name: "a", age })), { name: 5, age: "x" }];
  const client = fakeClient(cut(JSON.stringify({ items }), 4000));
  let seen = 0;
  const reading = (async () => {
    for await (const { age } of streamList(profileSpec(), "…", { client })) expect(age).toBe(seen++);
  })();
  await expect(reading).rejects.toThrow(ExtractionError);
  expect(seen).toBe(10_050);
});

describe("a list that has no end in sight, over a connection", () => {
  for (const kind of ["sdk", "fetch"]) {
    test(`20 MB take no memory (${kind})`, async () => {
      await using server = await loopback((response) => void sendItems(response, count));
      const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, server.baseURL, kind, "fast"], {
        timeout: 100_000,
      });
      const { items, used } = JSON.parse(stdout) as { items: number; used: number[] };
      expect(items).toBe(count + 1);
      expect(used.length).toBeGreaterThan(5);
      expect(Math.max(...used) - Math.min(...used)).toBeLessThan(4e6);
    }, 120_000);

    test(`a slow reader makes the server wait (${kind})`, async () => {
      let sending: Promise<number> | undefined;
      await using server = await loopback((response) => (sending = sendItems(response, count)));
      const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, server.baseURL, kind, "slow"]);
      expect(JSON.parse(stdout)).toMatchObject({ items: 40 });
      // 64 items wait here; the rest is what sockets hold.
      expect(await sending).toBeLessThan(count / 4);
    });
  }
});
