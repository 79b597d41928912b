import { fromProvider } from "@schemacast/runtime";
import { fetchClient } from "@schemacast/runtime/fetch";
import type { ParsedArguments } from "../command-table.js";
import type { LoadedExtractor } from "../load-extractor.js";
import { projectOptions } from "../project-options.js";
import { sourceAt, sourceSettings } from "../source-settings.js";
import type { Terminal } from "../terminal.js";
import type { BatchExtractor } from "./run-batch.js";

/** The model that is asked: the command line's, else the configuration's for the schema, else the environment's. */
export async function modelOf({ options, positionals }: ParsedArguments, terminal: Terminal): Promise<string> {
  if (typeof options["model"] === "string") return options["model"];
  const project = projectOptions(options, terminal);
  const { settings } = await sourceSettings(project, sourceAt(project.root, positionals[0] ?? "", terminal));
  return settings.model ?? (terminal.environment["CEREBRAS_MODEL"] || "gpt-oss-120b");
}

export interface CallSettings {
  readonly parsed: ParsedArguments;
  readonly extractor: LoadedExtractor;
  readonly model: string;
  readonly terminal: Terminal;
}

/** The generated function, with what the command line says about each call. */
export function extractorOf(
  { parsed: { options }, extractor, model, terminal }: CallSettings,
  emulatorUrl: string | undefined,
): BatchExtractor {
  const { CEREBRAS_API_KEY: key, CEREBRAS_BASE_URL: url } = terminal.environment;
  const [apiKey, baseURL] = emulatorUrl === undefined ? [key, url] : ["offline", emulatorUrl];
  const access = { ...(apiKey && { apiKey }), ...(baseURL && { baseURL }) };
  // Not the SDK: the project need not have it, nor can the runtime beside this program always find it.
  const provider = { ...fromProvider(`cerebras/${model}`, access), client: fetchClient(access) };
  const name = `extract${extractor.type}${options["list"] === true ? "List" : ""}`;
  const extract = extractor.find(name) as BatchExtractor;
  const call = {
    ...provider,
    ...(typeof options["mode"] === "string" && { mode: options["mode"] }),
    ...(typeof options["max-retries"] === "number" && { maxRetries: options["max-retries"] }),
    ...(typeof options["instructions"] === "string" && { instructions: options["instructions"] }),
  };
  return (input, own) => extract(input, { ...call, ...own });
}

/** How fast documents are sent. */
export function paceOf({ options }: ParsedArguments): { readonly concurrency?: number; readonly rateLimit?: Record<string, number> } {
  const number = (name: string, key: string): Record<string, number> => (typeof options[name] === "number" ? { [key]: options[name] } : {});
  const rateLimit = { ...number("requests-per-minute", "requestsPerMinute"), ...number("tokens-per-minute", "tokensPerMinute") };
  return { ...number("concurrency", "concurrency"), ...(Object.keys(rateLimit).length > 0 && { rateLimit }) };
}
