import { createHash } from "node:crypto";
import type { FileReader } from "../schema-document.js";
import { fetchText } from "./fetch-text.js";
import { readJsonSchema } from "./read-json-schema.js";
import { remoteLockFile, type RemoteAnswer, type RemoteLookup } from "./remote-lookup.js";

/** What remote schemas held when they were first fetched, so that a build is repeatable: URI → `sha256-…` (base64). */
export interface RemoteLock {
  readonly version: 1;
  readonly schemas: Readonly<Record<string, string>>;
}

/** Fetches the text of a URI. Rejects with an Error whose message says why it could not. */
export type FetchText = (uri: string, limits: { readonly characters: number; readonly milliseconds: number }) => Promise<string>;

export interface RemoteRequest {
  /** JSON Schema files, relative to the root. */
  readonly sources: readonly string[];
  readonly files: FileReader;
  /** Origins that may be asked: `https://example.com`. Nothing else is. */
  readonly allowedOrigins: readonly string[];
  readonly lock?: RemoteLock;
  /** `frozen`: what the lock does not name is refused (for CI). `update`: what has changed is taken, and locked anew. */
  readonly policy?: "add" | "frozen" | "update";
  /** A copy of a schema by its hash, from an earlier fetch: what is there is not fetched again. */
  readonly cached?: (hash: string) => string | undefined;
  readonly fetchText?: FetchText;
}

export interface RemoteSchemas {
  /** For `readJsonSchema`. */
  readonly remote: RemoteLookup;
  /** What to write to the lockfile: only what is in use. */
  readonly lock: RemoteLock;
  /** Texts fetched now, by their hash, for the caller's cache. */
  readonly fetched: ReadonlyMap<string, string>;
}

/** Bounds on one remote schema. */
const remoteLimits = { characters: 16_000_000, milliseconds: 10_000 } as const;

/** More rounds than any chain of references between remote files has. */
const maximalRounds = 50;

/**
 * Fetches the remote schemas that some sources refer to, directly or through each other, from the allowed origins. The reader itself
 * is pure: it is run until it misses nothing, and what it missed is fetched between the runs. Never rejects: what could not be had
 * becomes a diagnostic at the reference when the source is read with `remote`.
 */
export async function fetchRemoteSchemas(request: RemoteRequest): Promise<RemoteSchemas> {
  const answers = new Map<string, RemoteAnswer>();
  const fetched = new Map<string, string>();
  const locked: Record<string, string> = {};
  const remote: RemoteLookup = (uri) => answers.get(uri);
  for (let round = 0; round < maximalRounds; round++) {
    const missing = findMissing(request, answers);
    if (missing.length === 0) break;
    // One after the other: a few files, and no load on somebody's server.
    for (const uri of missing) answers.set(uri, await obtain(request, uri, { locked, fetched }));
  }
  const schemas = Object.fromEntries(Object.entries(locked).sort(([left], [right]) => (left < right ? -1 : 1)));
  return { remote, lock: { version: 1, schemas }, fetched };
}

function findMissing(request: RemoteRequest, answers: ReadonlyMap<string, RemoteAnswer>): readonly string[] {
  const allowed = new Set(request.allowedOrigins);
  const missing = new Set<string>();
  const remote: RemoteLookup = (uri) => {
    if (!answers.has(uri) && allowed.has(new URL(uri).origin)) missing.add(uri);
    return answers.get(uri);
  };
  for (const source of request.sources) readJsonSchema(source, request.files, { remote });
  return [...missing];
}

interface Ledger {
  readonly locked: Record<string, string>;
  readonly fetched: Map<string, string>;
}

async function obtain(request: RemoteRequest, uri: string, { locked, fetched }: Ledger): Promise<RemoteAnswer> {
  const { lock, policy = "add", cached } = request;
  const expected = lock && Object.hasOwn(lock.schemas, uri) ? lock.schemas[uri] : undefined;
  if (expected === undefined && policy === "frozen") {
    return refused(
      `${remoteLockFile} does not name it`,
      "Run `schemacast generate` once where the network is allowed, and commit the lockfile.",
    );
  }
  const copy = expected !== undefined && policy !== "update" ? cached?.(expected) : undefined;
  if (copy !== undefined && hashOf(copy) === expected) {
    locked[uri] = expected;
    return { kind: "text", text: copy };
  }
  try {
    const text = await (request.fetchText ?? fetchText)(uri, remoteLimits);
    const hash = hashOf(text);
    if (expected !== undefined && policy !== "update" && hash !== expected) {
      locked[uri] = expected;
      return refused(
        `its content has changed since ${remoteLockFile} was written`,
        "Look at the change, then run once with `--update-remote`.",
      );
    }
    locked[uri] = hash;
    fetched.set(hash, text);
    return { kind: "text", text };
  } catch (error) {
    if (expected !== undefined) locked[uri] = expected;
    const problem = error instanceof Error ? error.message : String(error);
    return refused(problem, "Try again, or copy the schema into the project and refer to the file.");
  }
}

function refused(problem: string, advice: string): RemoteAnswer {
  return { kind: "refused", problem, advice };
}

/** As in subresource integrity: `sha256-` and the base64 digest of the UTF-8 text. */
export function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
