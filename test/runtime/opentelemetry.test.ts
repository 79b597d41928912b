import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractUser, streamUser, streamUserList } from "../../generated/user.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { instrumentCalls } from "../../src/runtime/opentelemetry.js";

// OpenTelemetry's own SDK with its in-memory exporters, the real client, HTTP over loopback.
const john = { name: "John", age: 29 };
const spans = new InMemorySpanExporter();
let emulator: Emulator;
let options: { readonly client: Cerebras; readonly model: string };
let measurements: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;
let stop: () => void;

beforeEach(async () => {
  emulator = await startEmulator({
    replies: [
      { name: "extract_user", value: john },
      { name: "extract_user_list", value: { items: [john, john] } },
    ],
  });
  options = { client: new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false }), model: "gpt-oss-120b" };
  spans.reset();
  measurements = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  reader = new PeriodicExportingMetricReader({ exporter: measurements, exportIntervalMillis: 3_600_000 });
  stop = instrumentCalls({
    tracerProvider: new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
    meterProvider: new MeterProvider({ readers: [reader] }),
    attributes: { "deployment.environment.name": "test" },
  });
});
afterEach(async () => {
  stop();
  context.disable();
  await reader.shutdown();
  await emulator.close();
});

const finished = (): readonly ReadableSpan[] => spans.getFinishedSpans();
const requests = (): readonly ReadableSpan[] => finished().filter(({ kind }) => kind === SpanKind.CLIENT);
const calls = (): readonly ReadableSpan[] => finished().filter(({ kind }) => kind === SpanKind.INTERNAL);

test("a call is a span, its request a client span below it, by the conventions for generative AI", async () => {
  await extractUser("John is 29.", { ...options, temperature: 0.5, seed: 7, maxCompletionTokens: 500 });
  const [request] = requests();
  const [call] = calls();
  expect(finished()).toHaveLength(2);
  expect(call?.name).toBe("extract User");
  expect(call?.attributes).toEqual({
    "deployment.environment.name": "test",
    "schemacast.type": "User",
    "schemacast.shape": "one",
    "schemacast.attempts": 1,
    "schemacast.repairs": 0,
  });
  expect(request?.name).toBe("chat gpt-oss-120b");
  expect(request?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId);
  const { port } = new URL(emulator.url);
  expect(request?.attributes).toMatchObject({
    "deployment.environment.name": "test",
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "cerebras",
    "gen_ai.request.model": "gpt-oss-120b",
    "gen_ai.request.temperature": 0.5,
    "gen_ai.request.seed": 7,
    "gen_ai.request.max_tokens": 500,
    "gen_ai.output.type": "json",
    "server.address": "127.0.0.1",
    "server.port": Number(port),
  });
  expect(request?.attributes["gen_ai.response.finish_reasons"]).toEqual([expect.any(String)]);
  expect(request?.attributes["gen_ai.usage.input_tokens"]).toBeGreaterThan(0);
  expect(request?.attributes["gen_ai.usage.output_tokens"]).toBeGreaterThan(0);
  expect(request?.status.code).toBe(SpanStatusCode.UNSET);
});

test("nothing of the text or of the answer is recorded", async () => {
  await extractUser("John is 29.", options);
  emulator.enqueue(...Array.from({ length: 3 }, () => ({ text: "I saw Johanna there." })));
  await expect(extractUser("Johanna is 31.", options)).rejects.toThrow();
  const told = JSON.stringify(finished().map(({ name, attributes, status, events }) => ({ name, attributes, status, events })));
  expect(told).not.toMatch(/Joh/);
});

describe("every request has its span", () => {
  test("a re-ask", async () => {
    emulator.enqueue({ fault: { kind: "invalid-value" } });
    await extractUser("John is 29.", options);
    expect(requests()).toHaveLength(2);
    expect(calls().map(({ attributes }) => attributes)).toMatchObject([
      { "schemacast.attempts": 2, "schemacast.failures": ["InvalidOutputError"] },
    ]);
  });

  test("a request that fails, and the call that fails with it", async () => {
    emulator.enqueue({ fault: { kind: "status", status: 401 } });
    await expect(extractUser("John is 29.", options)).rejects.toThrow();
    expect(requests().map(({ attributes, status }) => [attributes["error.type"], status.code])).toEqual([["401", SpanStatusCode.ERROR]]);
    expect(calls().map(({ attributes, status }) => [attributes["error.type"], status.code])).toEqual([["ApiError", SpanStatusCode.ERROR]]);
  });

  test("a stream, to its end", async () => {
    const stream = streamUser("John is 29.", options);
    let count = 0;
    for await (const _ of stream) count++;
    await stream.result;
    expect(count).toBeGreaterThan(1);
    expect(requests()).toHaveLength(1);
    expect(requests()[0]?.attributes["schemacast.time_to_first_text"]).toBeGreaterThan(0);
    expect(requests()[0]?.attributes["gen_ai.usage.output_tokens"]).toBeGreaterThan(0);
  });

  test("a list that is left half-way", async () => {
    const stream = streamUserList("John is 29.", options);
    for await (const _ of stream) break;
    await expect(stream.result).rejects.toThrow();
    await expect
      .poll(() => calls().map(({ name, attributes }) => [name, attributes["error.type"]]))
      .toEqual([["extract User list", "AbortedError"]]);
  });
});

test("the call's span lies below the one that is active", async () => {
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).getTracer("test");
  const outer = tracer.startSpan("outer");
  await context.with(trace.setSpan(context.active(), outer), () => extractUser("John is 29.", options));
  outer.end();
  expect(calls().find(({ name }) => name === "extract User")?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
});

test("durations and tokens are measured", async () => {
  emulator.enqueue({ fault: { kind: "status", status: 401 } }, {});
  await expect(extractUser("John is 29.", options)).rejects.toThrow();
  await extractUser("John is 29.", options);
  await reader.forceFlush();
  const metrics = measurements.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const points = (name: string): readonly unknown[] =>
    metrics
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes }) => attributes));
  const about = { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "cerebras", "gen_ai.request.model": "gpt-oss-120b" };
  expect(points("gen_ai.client.operation.duration")).toMatchObject([{ ...about, "error.type": "401" }, about]);
  expect(points("gen_ai.client.token.usage")).toMatchObject([
    { ...about, "gen_ai.token.type": "input" },
    { ...about, "gen_ai.token.type": "output" },
  ]);
});

test("once it is stopped, nothing is recorded", async () => {
  stop();
  await extractUser("John is 29.", options);
  expect(finished()).toEqual([]);
});
