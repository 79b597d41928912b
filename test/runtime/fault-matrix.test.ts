import { afterAll, beforeAll, expect, test } from "vitest";
import { readFileSync, writeFileSync } from "node:fs";
import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { PlainReader } from "../../src/runtime/call/plain-reader.js";
import { startCall } from "../../src/runtime/call/start-call.js";
import { withDetails } from "../../src/runtime/call/with-details.js";
import { streamExchange } from "../../src/runtime/call/stream-exchange.js";
import { wholeExchange } from "../../src/runtime/call/whole-exchange.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { fetchClient } from "../../src/runtime/fetch.js";
import type { ChatClient } from "../../src/runtime/options.js";
import { type FaultCase, type FaultOutcome, faultCases, john } from "./fault-cases.js";
import { userSpec } from "./user-spec.js";

let emulator: Emulator;
let clients: Readonly<Record<"sdk" | "fetch", ChatClient>>;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = {
    sdk: new Cerebras({ apiKey: "k", baseURL: emulator.url, warmTCPConnection: false }),
    fetch: fetchClient({ apiKey: "k", baseURL: `${emulator.url}/v1` }),
  };
});
afterAll(() => emulator.close());

interface Row extends FaultCase {
  readonly client: "sdk" | "fetch";
  readonly exchange: typeof wholeExchange;
  readonly outcome: FaultOutcome;
}

async function run({ scenario, options, client, exchange, outcome }: Row): Promise<void> {
  const headers = {
    "x-emulator-scenario": JSON.stringify({ value: john, ...scenario }).replace(
      /[^ -~]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  };
  const reader = new PlainReader(userSpec, "one");
  const call = startCall({
    spec: userSpec,
    shape: "one",
    input: "…",
    options: { client: clients[client], ...options, headers },
    reader,
    exchange,
  });
  if (outcome.error === undefined) {
    const details = await withDetails(call);
    expect(details.value).toEqual(john);
    expect(details.attempts).toHaveLength(outcome.attempts);
    if (outcome.kept?.includes("warning") === true) expect(details.warnings).not.toEqual([]);
    return;
  }
  const error: unknown = await call.then(
    () => expect.fail("a value came"),
    (thrown: unknown) => thrown,
  );
  if (!ExtractionError.is(error)) throw error;
  expect(error.name).toBe(outcome.error);
  expect(error).toMatchObject(Object.fromEntries(Object.entries(outcome.fields ?? {}).map(([key, value]) => [key, matcher(value)])));
  expect(error.attempts).toHaveLength(outcome.attempts);
  expect(error.model).toBe("gpt-oss-120b");
}

function matcher(value: unknown): unknown {
  return (
    JSON.parse(JSON.stringify(value ?? null), (_, member: unknown) =>
      typeof member === "object" && member !== null && "contains" in member ? expect.stringContaining(String(member.contains)) : member,
    ) ?? undefined
  );
}

const rows = (["sdk", "fetch"] as const).flatMap((client) =>
  faultCases.flatMap((row) => [
    ...(row.whole === undefined ? [] : [{ ...row, client, how: "whole", exchange: wholeExchange, outcome: row.whole }]),
    ...(row.stream === undefined ? [] : [{ ...row, client, how: "streamed", exchange: streamExchange, outcome: row.stream }]),
  ]),
);

test.concurrent.each(rows.filter(({ alone }) => alone !== true))("$fault ($how, $client)", run);
test.each(rows.filter(({ alone }) => alone === true))("$fault ($how, $client)", run);

test("docs/reliability.md holds this table", () => {
  const file = new URL("../../docs/reliability.md", import.meta.url);
  const text = readFileSync(file, "utf8");
  const told = text.replace(
    /(<!-- faults -->\n)[\s\S]*?(<!-- end -->)/,
    (_, open: string, close: string) => `${open}${faultTable()}\n${close}`,
  );
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, told);
  expect(text, "UPDATE_DOCS=1 npx vitest run test/runtime/fault-matrix writes it").toBe(told);
});

function faultTable(): string {
  const lines = faultCases.map(({ fault, whole, stream, options }) => {
    const limits = Object.entries(options ?? {}).map(([name, value]) => ` (\`${name}\` ${String(value)})`);
    const same = JSON.stringify(whole) === JSON.stringify(stream);
    const kept = [whole?.kept, stream?.kept].find((text) => text !== undefined) ?? "";
    return `| ${fault}${limits.join("")} | ${seen(whole)} | ${same ? "the same" : seen(stream)} | ${(whole ?? stream)?.attempts} | ${kept} |`;
  });
  return ["| fault | `extract…` | `stream…` | requests | kept, beyond model, attempts, usage |", "|---|---|---|---|---|", ...lines].join(
    "\n",
  );
}

function seen(outcome: FaultOutcome | undefined): string {
  if (outcome === undefined) return "–";
  return outcome.error === undefined ? "the value" : `\`${outcome.error}\`${facts(outcome)}`;
}

function facts({ fields = {} }: FaultOutcome): string {
  const told = Object.entries(fields).filter(
    ([key, value]) => ["status", "code", "limit", "retryAfter"].includes(key) && value !== undefined,
  );
  return told.length === 0 ? "" : ` (${told.map(([key, value]) => `${key} ${String(value)}`).join(", ")})`;
}
