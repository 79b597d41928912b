import { statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { ParsedArguments } from "../command-table.js";
import type { FieldNames } from "./entry.js";

export type InputFormat = "jsonl" | "csv" | "tsv" | "lines" | "files";

/** What a command line asks for, checked. */
export interface BatchOptions {
  readonly schema: string;
  /** Absolute path, or `-` for standard input. */
  readonly input: string;
  readonly format: InputFormat;
  readonly fields: FieldNames;
  readonly glob: string;
  /** Absolute path, or `-` for standard output. */
  readonly output: string;
  /** Absolute path; absent where errors go to standard error. */
  readonly errors?: string;
  /** Redis, where workers extract. */
  readonly queue?: string;
  readonly retryErrors: boolean;
  readonly failFast: boolean;
  readonly details: boolean;
  readonly limit: number;
  readonly maxCost?: number;
  readonly maxTokens?: number;
}

export type BatchOutcome = { readonly options: BatchOptions } | { readonly problem: string };

const formats: Readonly<Record<string, InputFormat>> = { ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv" };

/** Reads what a command line says about a batch. */
export function readBatchOptions({ options, positionals }: ParsedArguments, cwd: string): BatchOutcome {
  const text = (name: string): string | undefined => (typeof options[name] === "string" ? options[name] : undefined);
  const input = text("in");
  const output = text("out");
  if (input === undefined) return { problem: "Say what to read: --in docs.jsonl, a .csv, a folder, or - for standard input." };
  const isDry = options["dry-run"] === true;
  if (output === undefined && !isDry) return { problem: "Say where results go: --out users.jsonl, or - for standard output." };
  const place = input === "-" ? "-" : resolve(cwd, input);
  const format = inputFormat(place, text("input-format"));
  if (typeof format === "object") return format;
  const numbers = readNumbers(options);
  if ("problem" in numbers) return numbers;
  const to = output === undefined || output === "-" ? "-" : resolve(cwd, output);
  const errors = errorsFor(text("errors"), to, cwd);
  if (to !== "-" && (to === place || to === errors || errors === place))
    return { problem: "--in, --out and --errors must be three files." };
  const folder = [to, errors].find((path) => path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
  if (folder !== undefined) return { problem: `${folder} is a folder; --out and --errors are files.` };
  const key = text("key-field");
  const queue = text("queue");
  const wrong = queue === undefined ? undefined : wrongQueue(queue);
  if (wrong !== undefined) return { problem: wrong };
  const ignored = queue === undefined ? undefined : ofWorkers.find((name) => options[name] !== undefined && options[name] !== false);
  if (ignored !== undefined) return { problem: `--${ignored} is an option of \`schemacast worker\`: with --queue the workers extract.` };
  return {
    options: {
      schema: positionals[0] ?? "",
      input: place,
      format,
      fields: { text: text("text-field") ?? "text", ...(key !== undefined && { key }) },
      glob: text("glob") ?? "**/*.{txt,md}",
      output: to,
      ...(errors !== undefined && { errors }),
      ...(queue !== undefined && { queue }),
      retryErrors: options["retry-errors"] === true,
      failFast: options["fail-fast"] === true,
      details: options["details"] === true,
      ...numbers.read,
    },
  };
}

/** What a batch leaves to the workers of its queue. */
const ofWorkers = ["mode", "instructions", "max-retries", "requests-per-minute", "tokens-per-minute", "emulate"];

/** What `--errors` names; else, for `users.jsonl`, `users.errors.jsonl`. */
function errorsFor(named: string | undefined, output: string, cwd: string): string | undefined {
  if (named !== undefined) return named === "-" ? undefined : resolve(cwd, named);
  if (output === "-") return undefined;
  const extension = extname(output);
  return `${output.slice(0, output.length - extension.length)}.errors.jsonl`;
}

function inputFormat(input: string, named: string | undefined): InputFormat | { readonly problem: string } {
  // The command line lets only known ones pass.
  if (named !== undefined) return named as InputFormat;
  if (input === "-") return "jsonl";
  const stats = statSync(input, { throwIfNoEntry: false });
  if (stats === undefined) return { problem: `There is no file or folder ${input}.` };
  if (stats.isDirectory()) return "files";
  const found = formats[extname(input).toLowerCase()];
  if (found !== undefined) return found;
  return {
    problem: `What ${basename(input)} holds can't be told from its name. Say it: --input-format jsonl, csv, tsv, or lines for a document in each line.`,
  };
}

/** What is wrong with the address of a queue. */
export function wrongQueue(url: string): string | undefined {
  if (/^rediss?:\/\/\S/.test(url)) return undefined;
  return "--queue must be the address of a Redis: redis://localhost:6379, or rediss:// with TLS.";
}

type Numbers = Pick<BatchOptions, "limit" | "maxCost" | "maxTokens">;

const amounts = ["limit", "max-cost", "max-tokens", "concurrency", "max-retries", "requests-per-minute", "tokens-per-minute", "lease"];

/** What is wrong with a number on the command line of `batch` or `worker`. */
export function wrongNumber(options: ParsedArguments["options"]): string | undefined {
  for (const name of amounts) {
    const value = options[name];
    const least = name === "max-retries" ? 0 : Number.MIN_VALUE;
    if (typeof value === "number" && !(value >= least)) return `--${name} must be ${least === 0 ? "0 or more" : "more than 0"}.`;
  }
  return undefined;
}

function readNumbers(options: ParsedArguments["options"]): { readonly read: Numbers } | { readonly problem: string } {
  const problem = wrongNumber(options);
  if (problem !== undefined) return { problem };
  const number = (name: string): number | undefined => (typeof options[name] === "number" ? options[name] : undefined);
  const [maxCost, maxTokens] = [number("max-cost"), number("max-tokens")];
  return {
    read: {
      limit: number("limit") ?? Number.POSITIVE_INFINITY,
      ...(maxCost !== undefined && { maxCost }),
      ...(maxTokens !== undefined && { maxTokens }),
    },
  };
}
