import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { fromProvider } from "@schemacast/runtime";
import { fetchClient } from "@schemacast/runtime/fetch";
import { cases, type Setup } from "./cases.js";

/** One case with one client, and what went wrong. */
export interface CaseResult {
  readonly client: "sdk" | "fetch";
  readonly name: string;
  readonly error?: string;
}

export interface SuiteResult {
  readonly results: readonly CaseResult[];
  /** Whether this runtime refused to make code of a string while the suite ran. */
  readonly evalForbidden: boolean;
}

/**
 * Runs every case with both clients, one after the other.
 *
 * @param control where the test process listens: it says where the emulator is, and passes on how that is to answer
 */
export async function runSuite(control: string): Promise<SuiteResult> {
  // A parse boundary: the test's own server.
  const { baseURL } = (await (await fetch(`${control}/config`)).json()) as { baseURL: string };
  const enqueue = async (...scenarios: readonly unknown[]): Promise<void> => {
    const { ok } = await fetch(`${control}/enqueue`, { method: "POST", body: JSON.stringify(scenarios) });
    if (!ok) throw new Error("the scenarios were not taken");
  };
  const setups: Readonly<Record<"sdk" | "fetch", Setup>> = {
    sdk: {
      client: new Cerebras({ apiKey: "k", baseURL, warmTCPConnection: false, maxRetries: 0 }),
      make: (apiKey, url = baseURL) =>
        fromProvider("cerebras/gpt-oss-120b", { baseURL: url, ...(apiKey !== undefined && { apiKey }) }).client,
      enqueue,
    },
    fetch: {
      client: fetchClient({ apiKey: "k", baseURL }),
      make: (apiKey, url = baseURL) => fetchClient({ baseURL: url, ...(apiKey !== undefined && { apiKey }) }),
      enqueue,
    },
  };
  const results: CaseResult[] = [];
  for (const client of ["sdk", "fetch"] as const) {
    for (const [name, run] of Object.entries(cases)) {
      const error = await run(setups[client]).then(() => undefined, describe);
      results.push({ client, name, ...(error !== undefined && { error }) });
    }
  }
  return { results, evalForbidden: isEvalForbidden() };
}

/** Runs the suite and posts what came of it. */
export async function reportSuite(control: string): Promise<void> {
  const report = await runSuite(control).catch((error: unknown) => ({ broken: describe(error) }));
  await fetch(`${control}/result`, { method: "POST", body: JSON.stringify(report) });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describe(error.cause)}`;
  return `${error.stack ?? String(error)}${cause}`;
}

function isEvalForbidden(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function("return 1")() !== 1;
  } catch {
    return true;
  }
}
