import type { Spec } from "@schemacast/runtime/v1";
import type { ModelPrice } from "../../config/prices.js";
import { createRandom } from "../../samples/random.js";
import { sampleValue } from "../../samples/sample-value.js";
import { promptTokens } from "../../lower/explain.js";
import type { Entry } from "./entry.js";
import { costOf } from "./spending.js";

/** Characters of English text per token; other languages need more tokens. */
const charactersPerToken = 4;
/** What gpt-oss puts before every prompt, as recorded calls without a schema cost. */
const preambleTokens = 69;
/** Answers that are sampled for their length. */
const samples = 20;

/** What a batch would take if every document were answered at once. */
export interface Estimate {
  readonly documents: number;
  readonly unreadable: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Undefined where the model has no price. */
  readonly cost?: number;
}

/** Reads the whole input and adds up. Nothing is sent. */
export async function estimateBatch(
  entries: AsyncIterable<Entry>,
  { spec, shape, price }: { readonly spec: Spec<unknown>; readonly shape: "one" | "list"; readonly price: ModelPrice | undefined },
): Promise<Estimate> {
  const schema = spec.wire[shape].function.parameters;
  const fixed = promptTokens(schema)[spec.mode === "json_schema" ? "json_schema" : "tools"] + tokensOf(spec.instructions) + preambleTokens;
  const answer = averageAnswer(schema);
  let [documents, unreadable, promptTotal] = [0, 0, 0];
  for await (const entry of entries) {
    if (entry.kind === "unreadable") {
      unreadable += 1;
      continue;
    }
    documents += 1;
    promptTotal += fixed + tokensOf(typeof entry.input === "string" ? entry.input : JSON.stringify(entry.input));
  }
  const total = { promptTokens: promptTotal, completionTokens: documents * answer };
  return { documents, unreadable, ...total, ...(price && { cost: costOf(price, total) }) };
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The mean length of answers that the schema allows. */
function averageAnswer(schema: unknown): number {
  const random = createRandom(1);
  let tokens = 0;
  for (let count = 0; count < samples; count += 1) tokens += tokensOf(JSON.stringify(sampleValue(schema, random)));
  return Math.ceil(tokens / samples);
}
