import { type Attributes, context, type MeterProvider, metrics, type Span, SpanKind, trace, type TracerProvider } from "@opentelemetry/api";
import type { FinishedCall } from "../call/details.js";
import { observeCalls } from "../call/observer.js";
import { ExtractionError } from "../errors/extraction-error.js";
import type { Attempt } from "../options.js";
import { fail } from "./fail.js";
import { observedExchange } from "./observed-exchange.js";
import { createInstruments } from "./instruments.js";

/** Where spans and metrics go. */
export interface Instrumentation {
  /** Default: the one that the application has registered; without one nothing is recorded. */
  readonly tracerProvider?: TracerProvider;
  /** Default: the one that the application has registered. */
  readonly meterProvider?: MeterProvider;
  /** Put on every span and every measurement: keep their number of values small. */
  readonly attributes?: Attributes;
}

const scope = "@schemacast/runtime";

/**
 * Records every call of this program with OpenTelemetry, by its conventions for generative AI: a span for each extraction
 * (`extract User`), below it a client span for each request (`chat gpt-oss-120b`), so that re-asks and fallbacks can be seen, and
 * the metrics `gen_ai.client.operation.duration` and `gen_ai.client.token.usage`. No text of a prompt or an answer is recorded.
 *
 * Call it once, after the application has registered its providers.
 *
 * @returns stops it
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
 */
export function instrumentCalls(options: Instrumentation = {}): () => void {
  const { tracerProvider = trace, meterProvider = metrics, attributes = {} } = options;
  const tracer = tracerProvider.getTracer(scope);
  const instruments = createInstruments(meterProvider.getMeter(scope));
  return observeCalls((job, run) => {
    const name = `extract ${job.spec.name}${job.shape === "list" ? " list" : ""}`;
    const about = { ...attributes, "schemacast.type": job.spec.name, "schemacast.shape": job.shape };
    const span = tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes: about });
    const exchange = observedExchange(job.exchange, { tracer, instruments, attributes, parent: trace.setSpan(context.active(), span) });
    return context.with(trace.setSpan(context.active(), span), () => finish(span, run({ ...job, exchange })));
  });
}

async function finish<R>(span: Span, running: Promise<FinishedCall<R>>): Promise<FinishedCall<R>> {
  try {
    const finished = await running;
    tellOfAttempts(
      span,
      finished.record.entries.map(({ attempt }) => attempt),
    );
    span.setAttribute("schemacast.repairs", finished.repairs?.length ?? 0);
    return finished;
  } catch (error) {
    fail(span, error);
    if (ExtractionError.is(error)) tellOfAttempts(span, error.attempts ?? []);
    throw error;
  } finally {
    span.end();
  }
}

/** How many requests it took, and why each that failed did. */
function tellOfAttempts(span: Span, attempts: readonly Attempt[]): void {
  span.setAttribute("schemacast.attempts", attempts.length);
  const failures = attempts.flatMap(({ error }) => error?.name ?? []);
  if (failures.length > 0) span.setAttribute("schemacast.failures", failures);
}
