import { createReadStream, statSync } from "node:fs";
import type { BatchOptions } from "./batch-options.js";
import { csvEntries } from "./csv-entries.js";
import type { Entry, EntrySource } from "./entry.js";
import { fileEntries } from "./file-entries.js";
import { jsonlEntries, plainEntries } from "./line-entries.js";

/** Opens the input of a batch. */
export function openEntries(options: Pick<BatchOptions, "input" | "format" | "fields" | "glob">): EntrySource {
  const { input, format, fields, glob } = options;
  if (format === "files") return { entries: fileEntries(input, glob), fraction: () => undefined };
  const counter = { bytes: 0 };
  const isPipe = input === "-";
  const chunks = counted(isPipe ? process.stdin : createReadStream(input), counter);
  const size = isPipe ? undefined : statSync(input).size;
  return {
    entries: entriesOf(chunks, { format, fields }),
    fraction: () => (size === undefined ? undefined : size === 0 ? 1 : Math.min(1, counter.bytes / size)),
  };
}

function entriesOf(chunks: AsyncIterable<Uint8Array>, { format, fields }: Pick<BatchOptions, "format" | "fields">): AsyncIterable<Entry> {
  switch (format) {
    case "csv":
      return csvEntries(chunks, fields, ",");
    case "tsv":
      return csvEntries(chunks, fields, "\t");
    case "lines":
      return plainEntries(chunks);
    default:
      return jsonlEntries(chunks, fields);
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    counter.bytes += chunk.length;
    yield chunk;
  }
}
