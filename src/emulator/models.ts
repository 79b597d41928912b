import type { Fields } from "../samples/fields.js";

/** A served model, as far as its answers differ. */
export interface ModelTraits {
  readonly id: string;
  /** Whether it reasons when the request does not say. */
  readonly reasons: boolean;
  /** Accepted values of `reasoning_effort`. */
  readonly efforts: readonly string[];
  /** Accepted values of `reasoning_format` (capabilities/reasoning). */
  readonly formats: readonly string[];
  /** Reads images. */
  readonly vision: boolean;
  /** Tool arguments come in pieces (gpt-oss) or all at once (zai-glm, recorded 2026-05-18). */
  readonly argumentPieces: boolean;
  /** Usage has `image_tokens` and only `reasoning_tokens` in its details (gemma, recorded 2026-07-27). */
  readonly imageTokens: boolean;
  /** Makes several tool calls in one answer (public catalogue, recorded 2026-07-30). */
  readonly parallelCalls: boolean;
  readonly fingerprint: string;
  readonly contextLength: number;
}

const allEfforts = ["none", "low", "medium", "high"] as const;
export const allReasoningFormats = ["none", "parsed", "text_parsed", "raw", "hidden"] as const;
const common = {
  reasons: true,
  efforts: allEfforts,
  formats: allReasoningFormats,
  vision: true,
  argumentPieces: true,
  imageTokens: false,
  parallelCalls: true,
  contextLength: 131_072,
} as const;

const known: readonly ModelTraits[] = [
  {
    ...common,
    id: "gpt-oss-120b",
    parallelCalls: false,
    vision: false,
    efforts: ["low", "medium", "high"],
    fingerprint: "fp_46358675aa6b1ba4d98d",
  },
  {
    ...common,
    id: "gemma-4-31b",
    reasons: false,
    formats: ["none", "parsed", "text_parsed"],
    imageTokens: true,
    fingerprint: "fp_b2c59c382b338de84cfc",
  },
  { ...common, id: "zai-glm-4.7", vision: false, argumentPieces: false, fingerprint: "fp_ba34ecf90156e4888692" },
  // Served since 2026-09; nothing of it is recorded.
  { ...common, id: "qwen-3.8-27b", parallelCalls: false, fingerprint: "fp_39d7524db11a51c65436" },
];

export function findModel(id: string, further: readonly string[]): ModelTraits | undefined {
  return (
    known.find((model) => model.id === id) ?? (further.includes(id) ? { ...common, id, fingerprint: "fp_46358675aa6b1ba4d98d" } : undefined)
  );
}

/** `GET /v1/models`, as recorded. */
export function modelList(further: readonly string[]): Fields {
  const ids = [...known.map((model) => model.id), ...further];
  return { object: "list", data: ids.map(modelEntry) };
}

/** An entry of the list; `GET /v1/models/{id}` has it alone. */
export function modelEntry(id: string): Fields {
  return { id, object: "model", created: 0, owned_by: "Cerebras" };
}

/** `GET /public/v1/models`, the members recorded 2026-07-30 (prices and prose of the recorded three). */
export function publicModelList(): Fields {
  return { object: "list", data: publicModels.map(publicModel) };
}

interface PublicModel {
  readonly id: string;
  readonly created: number;
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly weights: string;
  readonly prices: readonly [prompt: string, completion: string];
  readonly vision: boolean;
  readonly parallelCalls: boolean;
  readonly tokenizer: string;
  readonly instructType: string;
  readonly preview: boolean;
  readonly quantization: string | null;
}

const publicModels: readonly PublicModel[] = [
  {
    id: "zai-glm-4.7",
    created: 1767744000,
    owner: "Z.ai",
    name: "Z.ai GLM 4.7",
    description:
      "This model delivers strong coding performance with advanced reasoning capabilities, superior tool use, and enhanced real-world performance in agentic coding applications.",
    weights: "zai-org/GLM-4.7",
    prices: ["0.00000225", "0.00000275"],
    vision: false,
    parallelCalls: true,
    tokenizer: "GLM",
    instructType: "glm",
    preview: true,
    quantization: "FP16/8 (weights only)",
  },
  {
    id: "gemma-4-31b",
    created: 0,
    owner: "Google",
    name: "Gemma 4 31B",
    description:
      "This model excels at multimodal reasoning across screenshots, documents, diagrams, and design assets. Ideal for visual agentic workflows, image-aware copilots, and teams migrating from closed multimodal APIs to an open model.",
    weights: "google/gemma-4-31B",
    prices: ["0.00000099", "0.00000149"],
    vision: true,
    parallelCalls: true,
    tokenizer: "Gemini",
    instructType: "gemma",
    preview: false,
    quantization: null,
  },
  {
    id: "gpt-oss-120b",
    created: 1754438400,
    owner: "OpenAI",
    name: "OpenAI GPT OSS",
    description:
      "This model excels at efficient reasoning across science, math, and coding applications. It's ideal for real-time coding assistance, processing large documents for Q&A and summarization, agentic research workflows, and regulated on-premises workloads.",
    weights: "openai/gpt-oss-120b",
    prices: ["0.00000035", "0.00000075"],
    vision: false,
    parallelCalls: false,
    tokenizer: "GPT",
    instructType: "harmony",
    preview: false,
    quantization: "FP16/8 (weights only)",
  },
];

function publicModel(model: PublicModel): Fields {
  return {
    id: model.id,
    object: "model",
    created: model.created,
    owned_by: model.owner,
    name: model.name,
    description: model.description,
    hugging_face_id: model.weights,
    pricing: { prompt: model.prices[0], completion: model.prices[1] },
    capabilities: {
      streaming: true,
      function_calling: true,
      structured_outputs: true,
      vision: model.vision,
      json_mode: true,
      tools: true,
      tool_choice: true,
      parallel_tool_calls: model.parallelCalls,
      response_format: true,
      reasoning: true,
    },
    supported_parameters: {
      temperature: true,
      top_p: true,
      seed: true,
      stop: true,
      max_completion_tokens: true,
      logprobs: false,
      top_logprobs: false,
      frequency_penalty: true,
      presence_penalty: true,
      logit_bias: true,
      repetition_penalty: false,
    },
    architecture: { modality: model.vision ? "text+vision" : "text", tokenizer: model.tokenizer, instruct_type: model.instructType },
    limits: { max_context_length: 131072, max_completion_tokens: 40960, requests_per_minute: null, tokens_per_minute: null },
    datacenter_locations: [],
    deprecated: false,
    preview: model.preview,
    quantization: model.quantization,
  };
}
