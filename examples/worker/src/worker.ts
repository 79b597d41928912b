import { ApiError, ExtractionError } from "@schemacast/runtime";
import { fetchClient } from "@schemacast/runtime/fetch";
import { streamPersonList } from "../generated/person.js";

interface Env {
  readonly CEREBRAS_API_KEY: string;
  /** Of an emulator or a gateway; absent: Cerebras. */
  readonly CEREBRAS_BASE_URL?: string;
}

export default {
  /** `POST` a text, get a line of JSON for each person in it, as soon as it is complete. */
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method !== "POST") return new Response("POST a text\n", { status: 405, headers: { allow: "POST" } });
    // A Worker has no process.env: key and address are handed over.
    const client = fetchClient({ apiKey: env.CEREBRAS_API_KEY, ...(env.CEREBRAS_BASE_URL && { baseURL: env.CEREBRAS_BASE_URL }) });
    const people = streamPersonList(await request.text(), { client, signal: request.signal })[Symbol.asyncIterator]();
    try {
      // An error before the first person still has a status of its own.
      const first = await people.next();
      return new Response(lines(first, people), { headers: { "content-type": "application/x-ndjson" } });
    } catch (error) {
      if (!ExtractionError.is(error)) throw error;
      return Response.json({ error: error.name }, { status: ApiError.is(error) && error.status === 429 ? 429 : 502 });
    }
  },
};

function lines<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<T>> = Promise.resolve(first);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await next;
      if (done) return controller.close();
      controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      next = rest.next();
      // Awaited by the next pull; until then nobody else would hear of a failure.
      next.catch(() => undefined);
    },
    async cancel() {
      await rest.return?.();
    },
  });
}
