import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";
import { stream } from "../../src/runtime/index.js";
import type { Mode } from "../../src/runtime/spec.js";
import { dataLines, recordedResponse } from "../emulator/recorded.js";
import { recordedSpec } from "./recorded-spec.js";

// What Cerebras once sent, byte for byte, through the SDK and the streaming parser, however the network cuts it.
let emulator: Emulator;
let client: Cerebras;
beforeAll(async () => {
  emulator = await startEmulator();
  client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
});
afterAll(() => emulator.close());

const recordings: readonly { readonly name: string; readonly mode: Mode; readonly tool: string }[] = [
  { name: "jp-tool-forced-function-gpt-oss.1", mode: "tools", tool: "run_me" },
  { name: "jp-tool-auto-stream-gpt-oss.1", mode: "tools", tool: "run_me" },
  { name: "jp-tool-required-noreason-gpt-oss.1", mode: "tools", tool: "run_me" },
  { name: "reqllm-strict-tool-stream", mode: "tools", tool: "structured_output" },
  { name: "jp-structured-output-stream-gpt-oss", mode: "json_schema", tool: "structured_output" },
];

interface Delta {
  readonly content?: string;
  readonly reasoning?: string;
  readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
}

/** What the recording says, read without any of our code. */
function said(name: string): { readonly value: unknown; readonly reasoning: string } {
  const deltas = dataLines(recordedResponse(name))
    .filter((line) => line !== "[DONE]")
    .map((line) => (JSON.parse(line) as { choices: { delta: Delta }[] }).choices[0]?.delta ?? {});
  const answer = deltas.map((delta) => (delta.content ?? "") + (delta.tool_calls?.[0]?.function.arguments ?? "")).join("");
  return { value: JSON.parse(answer) as unknown, reasoning: deltas.map((delta) => delta.reasoning ?? "").join("") };
}

describe.each(recordings)("$name", ({ name, mode, tool }) => {
  const body = recordedResponse(name);
  test.each([
    ["at event boundaries", undefined],
    ["at every byte", 1],
    ["every 2 bytes", 2],
    ["every 3 bytes", 3],
    ["every 61 bytes", 61],
    ["in one piece", 1_000_000],
  ])("%s", async (_, writeSize) => {
    emulator.enqueue({ fault: { kind: "raw", body }, ...(writeSize !== undefined && { writeSize }) });
    const call = stream(recordedSpec(tool, { type: "object", properties: {} }), "as recorded", { client, model: "gpt-oss-120b", mode });
    const snapshots: unknown[] = [];
    for await (const partial of call) snapshots.push(partial);
    const { value, reasoning, usage, attempts } = await call.withDetails();
    expect(value).toEqual(said(name).value);
    expect(snapshots.at(-1)).toBe(value);
    expect(reasoning ?? "").toBe(said(name).reasoning);
    expect(usage?.completionTokens).toBeGreaterThan(80);
    expect(attempts).toHaveLength(1);
  });
});
