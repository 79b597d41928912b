import { ExtractionError } from "../errors/extraction-error.js";
import { MissingKeyError } from "../errors/missing-key-error.js";
import type { ChatClient } from "../options.js";
import { environment } from "./environment.js";

/** How to reach the API; what is absent comes from CEREBRAS_API_KEY and CEREBRAS_BASE_URL. */
export interface ClientOptions {
  readonly apiKey?: string;
  /** With or without `/v1` at its end. */
  readonly baseURL?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client that loads the Cerebras SDK with its first request: an import costs nothing until something is extracted. */
export function sdkClient(options: ClientOptions = {}): ChatClient {
  let loading: Promise<ChatClient> | undefined;
  const create = (body: never, requestOptions?: never): unknown => {
    loading ??= loadClient(options);
    // A failed load is not kept: the key may be set later.
    const client = loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    // The SDK's own promise must stay a promise inside an object: awaiting it would read and parse the body.
    const sent = client.then(({ chat }) => ({ result: chat.completions.create(body, requestOptions) }));
    return { asResponse: async () => asResponse((await sent).result) };
  };
  return { chat: { completions: { create } } };
}

// A parse boundary: the SDK's promise, told by its documented method.
function asResponse(result: unknown): Promise<Response> {
  return (result as { asResponse(): Promise<Response> }).asResponse();
}

async function loadClient(options: ClientOptions): Promise<ChatClient> {
  const apiKey = options.apiKey ?? environment("CEREBRAS_API_KEY");
  if (apiKey === undefined || apiKey === "") throw new MissingKeyError();
  const { Cerebras } = await import("@cerebras/cerebras_cloud_sdk").catch((cause: unknown) => {
    throw new ExtractionError("Install @cerebras/cerebras_cloud_sdk, or use the client of @schemacast/runtime/fetch.", { cause });
  });
  // The SDK appends /v1/… itself: a base as other clients want it would become /v1/v1 (cerebras/api.md 6.3).
  const baseURL = (options.baseURL ?? environment("CEREBRAS_BASE_URL"))?.replace(/\/v1\/?$/, "");
  // Without warmTCPConnection: false the constructor fires a request of its own.
  return new Cerebras({
    apiKey,
    warmTCPConnection: false,
    maxRetries: 0,
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(options.headers === undefined ? {} : { defaultHeaders: options.headers }),
  });
}
