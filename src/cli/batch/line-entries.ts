import { entryOfRecord, unreadable } from "./entry-of-record.js";
import type { Entry, FieldNames } from "./entry.js";
import { longestLine, readLines } from "./read-lines.js";

/** JSONL: each line an object with a text, or a text in quotes. Empty lines are passed over. */
export async function* jsonlEntries(chunks: AsyncIterable<Uint8Array>, fields: FieldNames): AsyncGenerator<Entry> {
  for await (const { number, text, tooLong } of readLines(chunks)) {
    if (tooLong) yield tooLongEntry(number);
    else if (text.trim() !== "") yield parseEntry(text, number, fields);
  }
}

/** Each line is a document as it stands. Empty lines are passed over. */
export async function* plainEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  for await (const { number, text, tooLong } of readLines(chunks)) {
    if (tooLong) yield tooLongEntry(number);
    else if (text.trim() !== "") yield { kind: "document", key: String(number), input: text, line: number };
  }
}

function parseEntry(text: string, line: number, fields: FieldNames): Entry {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    return unreadable(line, `The line is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return entryOfRecord(record, line, fields);
}

function tooLongEntry(line: number): Entry {
  return unreadable(line, `The line is longer than ${longestLine / 1024 / 1024} MiB.`);
}
