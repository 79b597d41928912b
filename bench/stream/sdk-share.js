import { fork } from "node:child_process";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { JsonScanner, shapeOf } from "../../src/runtime/dist/stream.js";
import { handlerOf } from "./cells.js";
import { documents } from "./documents.js";

/** What the parser takes of each event inside a stream of the SDK over a loopback server, 20 KB in pieces of 4, a snapshot each. */
export async function sdkShare() {
  const server = fork(new URL("sdk-server.js", import.meta.url));
  const port = await new Promise((resolve) => server.once("message", resolve));
  try {
    const client = new Cerebras({ apiKey: "bench", baseURL: `http://127.0.0.1:${port}`, warmTCPConnection: false });
    const { plan } = documents["20 KB"];
    const handler = handlerOf(plan);
    const runs = { empty: [], parser: [], alone: [] };
    for (let round = 0; round < 14; round++) {
      const empty = await read(client, () => {});
      const scanner = new JsonScanner(shapeOf(handler, "one"));
      const parser = await read(client, (text) => {
        scanner.write(text);
        scanner.snapshot();
      });
      // The first rounds warm up.
      if (round < 4) continue;
      runs.alone.push(empty.cpu / empty.events);
      runs.empty.push(empty.inside / empty.events);
      runs.parser.push(parser.inside / parser.events);
    }
    const [alone, timer, inside] = [runs.alone, runs.empty, runs.parser].map((list) => list.sort((a, b) => a - b)[list.length >> 1]);
    const share = ((inside - timer) / alone) * 100;
    return `### Inside a stream of the SDK

20 KB over loopback in events of 4 characters, as fast as they come, an immutable snapshot each, medians of 10 streams, the slowest of 100 calls left out: the SDK takes ${alone.toFixed(1)} µs of CPU
an event, the parser ${(inside - timer).toFixed(2)} µs (clock reading of ${timer.toFixed(2)} µs subtracted): ${share.toFixed(1)} %. The goal is at most 5 %.`;
  } finally {
    server.kill();
  }
}

async function read(client, take) {
  const before = process.cpuUsage();
  const inside = [];
  let events = 0;
  const stream = await client.chat.completions.create({ model: "m", stream: true, messages: [{ role: "user", content: "x" }] });
  for await (const chunk of stream) {
    const text = chunk.choices?.[0]?.delta?.tool_calls?.[0]?.function?.arguments;
    if (typeof text !== "string") continue;
    const begin = process.hrtime();
    take(text);
    const [, nanoseconds] = process.hrtime(begin);
    inside.push(nanoseconds / 1000);
    events++;
  }
  const { user, system } = process.cpuUsage(before);
  // The slowest of a hundred waited for another process: the clock tells the wall's time.
  const calls = inside.sort((a, b) => a - b).slice(0, Math.ceil(events * 0.99));
  return { cpu: user + system, inside: (calls.reduce((sum, call) => sum + call, 0) / calls.length) * events, events };
}
