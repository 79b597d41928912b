import { createReadStream, statSync } from "node:fs";
import type { Readable } from "node:stream";
import type { BatchOptions } from "./batch-options.js";
import { csvEntries } from "./csv-entries.js";
import type { Entry, EntrySource } from "./entry.js";
import { fileEntries } from "./file-entries.js";
import { jsonlEntries, plainEntries } from "./line-entries.js";

/** Opens the input of a batch. */
export function openEntries(options: Pick<BatchOptions, "input" | "format" | "fields" | "glob" | "output" | "errors">): EntrySource {
  const { input, format, fields, glob, output, errors } = options;
  const written = [output, ...(errors === undefined ? [] : [errors])];
  if (format === "files") return { entries: fileEntries(input, glob, written), fraction: () => undefined, close: () => {} };
  const reading: Reading = { bytes: 0, isClosed: false };
  const isPipe = input === "-";
  const chunks = counted(() => (isPipe ? process.stdin : createReadStream(input)), reading);
  const size = isPipe ? undefined : statSync(input).size;
  return {
    entries: entriesOf(chunks, { format, fields }),
    fraction: () => (size === undefined ? undefined : size === 0 ? 1 : Math.min(1, reading.bytes / size)),
    close: () => {
      reading.isClosed = true;
      reading.stream?.destroy();
    },
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

interface Reading {
  /** Once somebody has begun to read. */
  stream?: Readable;
  bytes: number;
  isClosed: boolean;
}

async function* counted(open: () => Readable, reading: Reading): AsyncGenerator<Uint8Array> {
  if (reading.isClosed) return;
  reading.stream = open();
  try {
    for await (const chunk of reading.stream as AsyncIterable<Uint8Array>) {
      reading.bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    // A stream that is closed while somebody waits for it reports that as an error.
    if (!reading.isClosed) throw error;
  }
}
