import type { CaseResult } from "./suite.js";

/** A runtime that the suite was run in. */
export interface RuntimeRow {
  readonly name: string;
  readonly version: string;
  readonly how: string;
  readonly evalForbidden: boolean;
  readonly results: readonly CaseResult[];
}

/** The table of docs/runtimes.md. */
export function runtimesTable(rows: readonly RuntimeRow[]): string {
  const head = "| runtime | version | run | SDK client | `@schemacast/runtime/fetch` | code from strings |\n|---|---|---|---|---|---|\n";
  const lines = rows.map(
    ({ name, version, how, evalForbidden, results }) =>
      `| ${name} | ${version} | ${how} | ${share(results, "sdk")} | ${share(results, "fetch")} | ${evalForbidden ? "forbidden" : "allowed"} |\n`,
  );
  return head + lines.join("");
}

function share(results: readonly CaseResult[], client: CaseResult["client"]): string {
  const own = results.filter((result) => result.client === client);
  return `${own.filter(({ error }) => error === undefined).length} of ${own.length}`;
}
