import type { Histogram, Meter } from "@opentelemetry/api";

export interface Instruments {
  /** Seconds. */
  readonly duration: Histogram;
  readonly tokens: Histogram;
}

/** The metrics of the convention, with the buckets it advises (semconv/gen-ai/gen-ai-metrics). */
export function createInstruments(meter: Meter): Instruments {
  return {
    duration: meter.createHistogram("gen_ai.client.operation.duration", {
      description: "Duration of a request to the model",
      unit: "s",
      advice: { explicitBucketBoundaries: powers(0.01, 2) },
    }),
    tokens: meter.createHistogram("gen_ai.client.token.usage", {
      description: "Tokens of a request and its answer",
      unit: "{token}",
      advice: { explicitBucketBoundaries: powers(1, 4) },
    }),
  };
}

/** Fourteen bounds. */
function powers(first: number, factor: number): number[] {
  return Array.from({ length: 14 }, (_, power) => first * factor ** power);
}
