import type { ExtractInput } from "@schemacast/runtime";

/** One document of the input, or what stands in its place and can't be read. */
export type Entry = DocumentEntry | UnreadableEntry;

export interface DocumentEntry {
  readonly kind: "document";
  /** Names it in the output, and when a run is taken up again. */
  readonly key: string;
  readonly input: ExtractInput;
  /** Where it begins, from 1; absent for a file of its own. */
  readonly line?: number;
}

export interface UnreadableEntry {
  readonly kind: "unreadable";
  readonly key: string;
  readonly line?: number;
  /** Of the error in the log. Default: `UnreadableDocumentError`. */
  readonly name?: string;
  readonly problem: string;
}

/** Where documents come from. Read once, from the beginning. */
export interface EntrySource {
  readonly entries: AsyncIterable<Entry>;
  /** How much of the input has been read, from 0 to 1; undefined where its size is not known. */
  fraction(): number | undefined;
  /** Ends it, also where it waits for a pipe that somebody holds open. */
  close(): void;
}

/** Which members of a record are the text and the key. */
export interface FieldNames {
  /** Dots lead into nested objects. */
  readonly text: string;
  /** Absent: `id` where a record has one, else the line. */
  readonly key?: string;
}
