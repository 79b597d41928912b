import { createHash } from "node:crypto";
import type { Spec } from "@schemacast/runtime/v1";
import { valueNames } from "../../emit/value-names.js";
import type { ParsedArguments } from "../command-table.js";
import type { LoadedExtractor } from "../load-extractor.js";
import type { Terminal } from "../terminal.js";
import type { BatchRun } from "./run-batch.js";

/** The queue can't be used. The message says what to do. */
export class QueueError extends Error {}

type Bullmq = typeof import("@schemacast/runtime/bullmq");

/** BullMQ is the user's own choice: it comes with their project. @throws {QueueError} where it is missing */
export async function loadBullmq(): Promise<Bullmq> {
  try {
    return await import("@schemacast/runtime/bullmq");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new QueueError("--queue needs the package bullmq: `npm install bullmq`.", { cause: error });
  }
}

/** The queue of a type. Its fingerprint keeps workers with another version of the schema away from the documents. */
export function queueName(extractor: LoadedExtractor, { options }: ParsedArguments): string {
  // What `loadExtractor` found is what the generator emitted: `userSpec` is a spec.
  const spec = extractor.find(`${valueNames(extractor.type).value}Spec`) as Spec<unknown>;
  const fingerprint = createHash("sha256").update(JSON.stringify(spec)).digest("hex").slice(0, 8);
  return `schemacast-${extractor.type}${options["list"] === true ? "-list" : ""}-${fingerprint}`;
}

/** Says what is wrong with the connection to Redis; the address may hold a password, so it is not told. */
export function describeConnection(error: unknown): QueueError {
  const reason = error instanceof AggregateError ? String(error.errors[0]) : error instanceof Error ? error.message : String(error);
  return new QueueError(`The Redis of --queue can't be used (${reason}).`, { cause: error });
}

export interface QueueSender {
  readonly parsed: ParsedArguments;
  readonly extractor: LoadedExtractor;
  readonly terminal: Terminal;
  readonly url: string;
  readonly drain: AbortSignal;
  readonly abort: AbortSignal;
}

/** Lets the workers of a queue extract. */
export async function sendToQueue({ parsed, extractor, terminal, url, drain, abort }: QueueSender): Promise<BatchRun["send"]> {
  const { queueEach } = await loadBullmq();
  const { concurrency } = parsed.options;
  let isTold = false;
  const nobody = new AbortController();
  const onNoWorker = (): void => {
    // What is in the queue stays there for the next run; nobody is about to finish it.
    if (drain.aborted) nobody.abort();
    else if (!isTold)
      terminal.stderr.write("No worker is there yet: `schemacast worker` with the same schema and --queue, on any machine.\n");
    isTold = true;
  };
  return async function* send(documents) {
    try {
      yield* queueEach(documents, {
        name: queueName(extractor, parsed),
        connection: { url },
        ...(typeof concurrency === "number" && { window: concurrency }),
        text: ({ input }) => input,
        key: ({ key }) => key,
        signal: AbortSignal.any([abort, nobody.signal]),
        onNoWorker,
      });
    } catch (error) {
      if (nobody.signal.aborted && !abort.aborted) return;
      if (abort.aborted || !isOfRedis(error)) throw error;
      throw describeConnection(error);
    }
  };
}

/** ioredis' errors: of the system (`ECONNREFUSED`), or Redis' own replies and its client's. */
function isOfRedis(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof AggregateError ||
    "syscall" in error ||
    /^(?:ReplyError|MaxRetriesPerRequestError|AbortError)$/.test(error.name) ||
    /Connection is closed/.test(error.message)
  );
}
