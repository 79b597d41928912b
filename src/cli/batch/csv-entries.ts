import { Readable } from "node:stream";
import type { CsvError, Info } from "csv-parse";
import { entryOfRecord, unreadable } from "./entry-of-record.js";
import type { Entry, FieldNames } from "./entry.js";
import { longestLine } from "./read-lines.js";

interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly info: Info;
}

/** CSV with a header row (RFC 4180). A row that can't be read is told, and the rows after it are read. */
export async function* csvEntries(chunks: AsyncIterable<Uint8Array>, fields: FieldNames, delimiter: string): AsyncGenerator<Entry> {
  const { parse } = await import("csv-parse");
  const refused: CsvError[] = [];
  const parser = parse({
    bom: true,
    columns: true,
    delimiter,
    info: true,
    max_record_size: longestLine,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on("skip", (error: CsvError | undefined) => error && refused.push(error));
  const source = Readable.from(chunks, { objectMode: false });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  // With `info` and `columns` the parser gives rows of this form (csv-parse, option info).
  for await (const { record, info } of parser as AsyncIterable<Row>) {
    for (const error of refused.splice(0)) yield refusedEntry(error);
    yield entryOfRecord(record, info.lines, fields);
  }
  for (const error of refused.splice(0)) yield refusedEntry(error);
}

function refusedEntry(error: CsvError): Entry {
  return unreadable(typeof error["lines"] === "number" ? error["lines"] : 0, `The row can't be read: ${error.message}`);
}
