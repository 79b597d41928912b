import type { FetchText } from "./fetch-remote-schemas.js";

/**
 * Fetches a text over HTTP within bounds on size and time. Redirects are not followed: they would lead to origins nobody allowed.
 * Rejects with an Error that says why.
 */
export const fetchText: FetchText = async (uri, { characters, milliseconds }) => {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const response = await fetch(uri, { signal, redirect: "manual", headers: { accept: "application/schema+json, application/json" } });
    if (response.status >= 300 && response.status < 400) {
      throw new Error(`it is redirected to ${response.headers.get("location") ?? "another place"}, and redirects are not followed`);
    }
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    return await readBounded(response, characters);
  } catch (error) {
    if (signal.aborted) throw new Error(`it did not arrive within ${milliseconds / 1000} seconds`, { cause: error });
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    if (error instanceof TypeError) throw new Error(cause || error.message, { cause: error });
    throw error;
  }
};

async function readBounded(response: Response, characters: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: false });
  let text = "";
  if (response.body) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > characters) throw new Error(`it has more than ${characters.toLocaleString("en-US")} characters`);
    }
  }
  return text + decoder.decode();
}
