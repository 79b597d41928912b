import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ChatClient } from "@schemacast/runtime";
import { ExtractionError } from "@schemacast/runtime";
import { streamRecipe } from "../generated/recipe.js";
import { message } from "./message.js";

const files: Readonly<Record<string, readonly [string, string]>> = {
  "/": ["page/index.html", "text/html; charset=utf-8"],
  "/page.js": ["page/page.js", "text/javascript"],
  "/page.css": ["page/page.css", "text/css"],
};
/** A message is no book. */
const longestMessage = 20_000;

/** Serves the page, and `POST /recipe`: one line of JSON for each snapshot, the last one with the validated recipe or the error. */
export function recipeServer(provider: { readonly client: ChatClient; readonly model: string }): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = files[path];
    if (request.method === "POST" && path === "/recipe") void answerRecipe(request, response, provider);
    else if (path === "/message") response.end(message);
    else if (file === undefined) response.writeHead(404).end();
    else
      createReadStream(file[0]).pipe(
        response.setHeader("content-type", file[1]).setHeader("content-security-policy", "default-src 'self'"),
      );
  });
}

async function answerRecipe(
  request: IncomingMessage,
  response: ServerResponse,
  provider: { readonly client: ChatClient; readonly model: string },
): Promise<void> {
  const text = await readText(request);
  if (text === undefined) return void response.writeHead(413).end();
  // Whoever closes the page ends the request to Cerebras too.
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  const send = (line: unknown): boolean => response.write(`${JSON.stringify(line)}\n`);
  try {
    const recipe = streamRecipe(text, { ...provider, signal: gone.signal });
    for await (const partial of recipe) send({ partial });
    send({ recipe: await recipe.result });
  } catch (error) {
    // Details of an error may hold what the key's owner alone should see.
    if (!gone.signal.aborted) send({ error: ExtractionError.is(error) ? error.name : "Error" });
  }
  response.end();
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  let text = "";
  request.setEncoding("utf8");
  for await (const piece of request) {
    text += String(piece);
    if (text.length > longestMessage) return undefined;
  }
  return text;
}
