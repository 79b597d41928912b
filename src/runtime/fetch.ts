import { longest } from "./call/event-reader.js";
import { Fault } from "./call/fault.js";
import { environment } from "./client/environment.js";
import { MissingKeyError } from "./errors/missing-key-error.js";
import type { ChatClient } from "./options.js";

/** How to reach the API on `fetch` alone. */
export interface FetchClientOptions {
  /** Default: CEREBRAS_API_KEY. */
  readonly apiKey?: string;
  /** With or without `/v1` at its end. Default: CEREBRAS_BASE_URL, else `https://api.cerebras.ai`. */
  readonly baseURL?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A client for runtimes where the SDK does not run or is too much: `extractUser(text, { client: fetchClient() })`. It sends
 * and nothing else; time limits, retries and errors are the call's, as with the SDK.
 */
export function fetchClient(options: FetchClientOptions = {}): ChatClient {
  const create = (
    body: unknown,
    request: { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
  ): unknown => ({
    async asResponse(): Promise<Response> {
      const apiKey = options.apiKey ?? environment("CEREBRAS_API_KEY");
      if (apiKey === undefined || apiKey === "") throw new MissingKeyError();
      const base = (options.baseURL ?? environment("CEREBRAS_BASE_URL") ?? "https://api.cerebras.ai").replace(/(\/v1)?\/?$/, "");
      const { fetch = globalThis.fetch } = options;
      const response = await fetch(`${base}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...options.headers, ...request.headers },
        body: JSON.stringify(body),
        // An answer must not choose who else gets the input and the headers. "error" is not known to every runtime.
        redirect: "manual",
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      const { body: answer } = response;
      if (answer !== null) response.text = () => boundedText(answer);
      return response;
    },
  });
  return { chat: { completions: { create } } };
}

/** A whole body, which a server may never end. @throws {Fault} `protocol` */
async function boundedText(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (done) return text;
    if (text.length <= longest) continue;
    reader.cancel().catch(() => {});
    throw new Fault("protocol", { most: longest });
  }
}
