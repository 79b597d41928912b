import { expect } from "vitest";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import type { ExtractOptions } from "../../src/runtime/options.js";
import type { StreamSpec } from "../../src/runtime/spec.js";
import { events, loopback, type Loopback, type Responder, toolStream } from "./loopback.js";
import { type User, userSpec } from "./user-spec.js";

export const spec: StreamSpec<User, Partial<User>> = {
  ...userSpec,
  handler: { plan: { root: { kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } } } },
};
export const [a, b, c, d] = [1, 2, 3, 4].map((age) => ({ name: "abcd"[age - 1] ?? "", age }));
export const wrong = { name: "x", age: "nine" };
export const mended = { name: "x", age: 9 };

export const items = (...all: readonly unknown[]): string =>
  toolStream(JSON.stringify({ items: all }).split(/(?<=[,}:])/), "extract_user_list");
export const list = (...all: readonly unknown[]): Responder => events(items(...all));

/** The connection breaks once the text up to `mark` is sent. */
export function broken(text: string, mark: string, after = 20): Responder {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(text.slice(0, text.indexOf("\n\n", text.indexOf(mark)) + 2), () => setTimeout(() => response.destroy(), after));
  };
}

/** The list's requests are answered by these, one by one; those for single items by `item`. */
export async function served(item: Responder, ...lists: readonly Responder[]): Promise<Loopback> {
  let asked = 0;
  return loopback((response, request) => {
    if (request.body.stream !== true) return item(response, request);
    return lists[Math.min(asked++, lists.length - 1)]?.(response, request);
  });
}

export const after =
  (milliseconds: number, responder: Responder): Responder =>
  (response, request) =>
    setTimeout(() => void responder(response, request), milliseconds);

export async function collect<V>(values: AsyncIterable<V>, into: V[] = []): Promise<V[]> {
  for await (const value of values) into.push(value);
  return into;
}

export function failure(call: Promise<unknown>): Promise<ExtractionError> {
  return call.then(
    () => expect.fail("a value came"),
    (error: unknown) => (ExtractionError.is(error) ? error : expect.fail(String(error))),
  );
}
export type ListOptions = ExtractOptions<User[]>;
/** No waits: the next model is asked at once. */
export const fast: ListOptions = { maxTransportRetries: 0, model: "a", fallbackModels: ["b", "c"] };
