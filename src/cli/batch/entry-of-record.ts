import type { ChatMessage, ExtractInput } from "@schemacast/runtime";
import type { Entry, FieldNames } from "./entry.js";

/** The document that a record (a line of JSON, a row of CSV) holds. */
export function entryOfRecord(record: unknown, line: number, fields: FieldNames): Entry {
  if (typeof record === "string") return { kind: "document", key: String(line), input: record, line };
  if (!isRecord(record)) return unreadable(line, `The line is neither a text nor an object, but ${describe(record)}.`);
  const key = keyOf(record, line, fields.key);
  if (key === undefined) return unreadable(line, `It has no "${fields.key ?? ""}" that is a text or a number (--key-field).`);
  const value = memberAt(record, fields.text);
  const input = inputOf(value);
  if (input !== undefined) return { kind: "document", key, input, line };
  const found =
    value === undefined
      ? `There is none; it has ${Object.keys(record).slice(0, 8).join(", ") || "no fields"}.`
      : `It is ${describe(value)}.`;
  return { kind: "unreadable", key, line, problem: `The field "${fields.text}" must be a text (--text-field). ${found}` };
}

export function unreadable(line: number, problem: string): Entry {
  return { kind: "unreadable", key: `line ${line}`, line, problem };
}

function keyOf(record: Readonly<Record<string, unknown>>, line: number, name: string | undefined): string | undefined {
  const value = memberAt(record, name ?? "id");
  if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
  return name === undefined ? String(line) : undefined;
}

/** `mail.body`: the member itself where there is one of that name, else step by step. */
function memberAt(record: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  let value: unknown = record;
  for (const key of path.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A text, or chat messages. */
function inputOf(value: unknown): ExtractInput | undefined {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.length > 0 && value.every(isMessage) ? value : undefined;
}

function isMessage(value: unknown): value is ChatMessage {
  return isRecord(value) && typeof value["role"] === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
