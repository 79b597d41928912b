import { readFileSync } from "node:fs";

const folder = new URL("../fixtures/wire/", import.meta.url);

/** The body of a recorded response, as it came. */
export function recordedResponse(name: string): string {
  // The recorder ended each file with one line break of its own or took one away.
  return readFileSync(new URL(`${name}.response.txt`, folder), "utf8").trimEnd() + "\n\n";
}

/** The JSON body of a recorded request. */
export function recordedRequest(name: string): Record<string, unknown> {
  const text = readFileSync(new URL(`${name}.request.txt`, folder), "utf8");
  return JSON.parse(text.slice(text.indexOf("{"))) as Record<string, unknown>;
}

/** The `data:` payloads of an SSE text. */
export function dataLines(sse: string): string[] {
  return sse
    .split("\n\n")
    .filter((event) => event.startsWith("data: "))
    .map((event) => event.slice("data: ".length));
}

/** The same with every scalar replaced by its type's name, members in their order; so that key order counts too. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.entries(value).map(([key, member]) => [key, shapeOf(member)]);
}
