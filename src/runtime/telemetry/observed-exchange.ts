import { type Attributes, type Context, context, type Span, SpanKind, trace, type Tracer } from "@opentelemetry/api";
import type { Exchange, ExchangeJob } from "../call/exchange.js";
import { requestIdOf } from "../call/answer.js";
import { defined } from "../call/defined.js";
import { usageOf } from "../call/usage.js";
import type { ChatClient } from "../options.js";
import { fail } from "./fail.js";
import type { Instruments } from "./instruments.js";

export interface Observing {
  readonly tracer: Tracer;
  readonly instruments: Instruments;
  readonly attributes: Attributes;
  /** The call's span. */
  readonly parent: Context;
}

/** The same exchange, each request in a client span of its own and measured. */
export function observedExchange(exchange: Exchange, observing: Observing): Exchange {
  const { tracer, attributes, parent } = observing;
  return async (job) => {
    const about: Attributes = { ...attributes, ...requestAttributes(job) };
    const span = tracer.startSpan(`chat ${String(job.body["model"])}`, { kind: SpanKind.CLIENT, attributes: about }, parent);
    const startedAt = performance.now();
    let firstAt: number | undefined;
    const write: ExchangeJob["write"] = (text) => {
      firstAt ??= performance.now();
      return job.write(text);
    };
    let failure: string | undefined;
    try {
      await context.with(trace.setSpan(parent, span), () => exchange({ ...job, write }));
    } catch (error) {
      failure = fail(span, error);
      throw error;
    } finally {
      if (firstAt !== undefined) span.setAttribute("schemacast.time_to_first_text", (firstAt - startedAt) / 1000);
      tellOfAnswer(span, job);
      measure(observing, job, (performance.now() - startedAt) / 1000, failure);
      span.end();
    }
  };
}

function requestAttributes({ body, client }: ExchangeJob): Attributes {
  const number = (key: string): number | undefined => (typeof body[key] === "number" ? body[key] : undefined);
  return defined<Attributes>({
    ...common({ body, client }),
    "gen_ai.output.type": "json",
    "gen_ai.request.temperature": number("temperature"),
    "gen_ai.request.top_p": number("top_p"),
    "gen_ai.request.seed": number("seed"),
    "gen_ai.request.max_tokens": number("max_completion_tokens"),
  });
}

/** What spans and measurements share. */
function common({ body, client }: Pick<ExchangeJob, "body" | "client">): Attributes {
  return {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "cerebras",
    "gen_ai.request.model": String(body["model"]),
    ...serverOf(client),
  };
}

/** The SDK's clients have a `baseURL`; of others nothing is known. */
function serverOf(client: ChatClient): Attributes {
  const base: unknown = Reflect.get(client, "baseURL");
  if (typeof base !== "string" || !URL.canParse(base)) return {};
  const { hostname, port, protocol } = new URL(base);
  return { "server.address": hostname, "server.port": Number(port || (protocol === "http:" ? 80 : 443)) };
}

function tellOfAnswer(span: Span, { answer }: ExchangeJob): void {
  const usage = usageOf(answer.usage);
  span.setAttributes(
    defined<Attributes>({
      "gen_ai.response.id": answer.id,
      "gen_ai.response.finish_reasons": answer.finishReason === undefined ? undefined : [answer.finishReason],
      "gen_ai.usage.input_tokens": usage?.promptTokens,
      "gen_ai.usage.output_tokens": usage?.completionTokens,
      "gen_ai.usage.cache_read.input_tokens": usage?.cachedTokens,
      "schemacast.request_id": requestIdOf(answer),
    }),
  );
}

function measure({ instruments, attributes }: Observing, job: ExchangeJob, seconds: number, failure: string | undefined): void {
  const about = { ...attributes, ...common(job) };
  instruments.duration.record(seconds, failure === undefined ? about : { ...about, "error.type": failure });
  const usage = usageOf(job.answer.usage);
  if (usage === undefined) return;
  instruments.tokens.record(usage.promptTokens, { ...about, "gen_ai.token.type": "input" });
  instruments.tokens.record(usage.completionTokens, { ...about, "gen_ai.token.type": "output" });
}
