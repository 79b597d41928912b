import { ExtractionError } from "@schemacast/runtime";
import type { ParsedArguments } from "../command-table.js";
import { loadExtractor } from "../load-extractor.js";
import type { Terminal } from "../terminal.js";
import { count, duration } from "./batch-progress.js";
import { wrongNumber, wrongQueue } from "./batch-options.js";
import { extractorOf, modelOf, paceOf } from "./call-settings.js";
import { isFatal } from "./describe-error.js";
import { onInterrupt } from "./on-interrupt.js";
import { describeConnection, loadBullmq, QueueError, queueName } from "./queue.js";

/** `schemacast worker`: extracts from the documents that `schemacast batch --queue` puts into a queue, until it is stopped. */
export async function workerCommand(parsed: ParsedArguments, terminal: Terminal): Promise<0 | 1 | 2> {
  const { queue } = parsed.options;
  const problem =
    typeof queue === "string"
      ? (wrongQueue(queue) ?? wrongNumber(parsed.options))
      : "Say where the queue is: --queue redis://localhost:6379.";
  if (typeof queue !== "string" || problem !== undefined) {
    terminal.stderr.write(`schemacast: ${problem}\n`);
    return 2;
  }
  const extractor = await loadExtractor(parsed, terminal);
  if (extractor === undefined) return 1;
  const emulator = parsed.options["emulate"] === true ? await (await import("../../emulator/index.js")).startEmulator() : undefined;
  try {
    const extract = extractorOf({ parsed, extractor, model: await modelOf(parsed, terminal), terminal }, emulator?.url);
    const name = queueName(extractor, parsed);
    return await work({ parsed, terminal, connection: { url: queue }, name, extract });
  } catch (error) {
    if (!(error instanceof QueueError || ExtractionError.is(error))) throw error;
    terminal.stderr.write(`schemacast: ${error.message}\n`);
    return 1;
  } finally {
    await emulator?.close();
  }
}

interface Work {
  readonly parsed: ParsedArguments;
  readonly terminal: Terminal;
  readonly connection: { readonly url: string };
  readonly name: string;
  readonly extract: ReturnType<typeof extractorOf>;
}

const lineInterval = 10_000;

async function work({ parsed, terminal, connection, name, extract }: Work): Promise<0 | 1> {
  const { startQueueWorker } = await loadBullmq();
  const say = (text: string): unknown => (parsed.options["quiet"] === true ? undefined : terminal.stderr.write(`${text}\n`));
  const { lease } = parsed.options;
  const startedAt = performance.now();
  let [done, failed, toldAt] = [0, 0, startedAt];
  const standing = (): string =>
    `${count(done)} done${failed > 0 ? ` · ${count(failed)} failed` : ""} · ${duration((performance.now() - startedAt) / 1000)}`;
  const worker = await startQueueWorker(extract, {
    name,
    connection,
    ...paceOf(parsed),
    ...(typeof lease === "number" && { lease: lease * 1000 }),
    endsWorker: isFatal,
    onDone: ({ error }) => {
      if (error === undefined) done += 1;
      else failed += 1;
      if (performance.now() - toldAt < lineInterval) return;
      toldAt = performance.now();
      say(standing());
    },
  }).catch((error: unknown) => {
    throw describeConnection(error);
  });
  say(`Taking documents from ${name}. Ctrl+C ends it when what runs is done.`);
  const interruption = onInterrupt(terminal);
  interruption.drain.addEventListener("abort", () => void worker.close());
  interruption.abort.addEventListener("abort", () => void worker.close(true));
  const error = await worker.ended;
  await worker.close(true);
  interruption.close();
  say(standing());
  if (error === undefined) return 0;
  terminal.stderr.write(`Stopped: ${error.name}: ${error.message}\nIts documents wait for other workers.\n`);
  return 1;
}
