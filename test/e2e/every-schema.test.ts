import { readdirSync } from "node:fs";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";
import { extract, extractList, InvalidOutputError, stream, streamList } from "../../src/runtime/index.js";
import type { StreamSpec } from "../../src/runtime/spec.js";

// Every committed extractor against an emulator that refuses what Cerebras refuses and answers with samples of the sent schema.
const folder = new URL("../../generated/", import.meta.url);
const modules = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".codec.ts"));

let emulator: Emulator;
let client: Cerebras;
beforeAll(async () => {
  emulator = await startEmulator({ seed: 7 });
  client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
});
afterAll(() => emulator.close());

/** The value, or the complaint where the sample broke a rule that can't be sent, such as a format: only the validator knows those. */
async function settle(value: Promise<unknown>): Promise<unknown> {
  return value.catch((error: unknown) => {
    if (error instanceof InvalidOutputError) return "invalid";
    throw error;
  });
}

describe.each(modules)("%s", (name) => {
  test.each(["tools", "json_schema"] as const)("is accepted in mode %s, and streamed or not the same comes out", async (mode) => {
    const exported = (await import(new URL(name, folder).href)) as Record<string, unknown>;
    const specs = Object.entries(exported).filter(([key]) => key.endsWith("StreamSpec"));
    expect(specs.length).toBeGreaterThan(0);
    const before = emulator.requests.length;
    for (const [, value] of specs) {
      // The generator gives every `…StreamSpec` this type.
      const spec = value as StreamSpec<unknown, unknown>;
      const options = { client, model: "gpt-oss-120b", mode, maxRetries: 0 };
      const one = await settle(extract(spec, "some text", options));
      expect(await settle(stream(spec, "some text", options).result)).toEqual(one);
      const list = await settle(extractList(spec, "some text", options));
      expect(await settle(streamList(spec, "some text", options).result)).toEqual(list);
    }
    const statuses = new Set(emulator.requests.slice(before).map(({ status }) => status));
    expect(statuses).toEqual(new Set([200]));
  });
});
