import { basename } from "node:path";
import { showControls } from "../code-frame.js";
import type { Terminal } from "../terminal.js";
import type { BatchOptions } from "./batch-options.js";
import { count, duration, money } from "./batch-progress.js";
import type { Estimate } from "./estimate.js";
import type { BatchSummary } from "./run-batch.js";
import type { Spending } from "./spending.js";

export interface SummaryReport {
  readonly options: BatchOptions;
  readonly spending: Spending;
  /** Documents with an error, of all runs. */
  readonly failures: number | undefined;
  readonly seconds: number;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly terminal: Terminal;
}

/** Says how a run ended, and how to go on. */
export function reportSummary(summary: BatchSummary, report: SummaryReport): void {
  const { options, spending, failures, seconds, isJson, isQuiet, terminal } = report;
  const { succeeded, failed, skipped, stopped } = summary;
  const { tokens, cost } = spending;
  if (isJson) {
    const told = { succeeded, failed, skipped, stopped, failures, tokens, cost, seconds: Number(seconds.toFixed(3)) };
    // With results on standard output the summary must not be taken for one.
    (options.output === "-" ? terminal.stderr : terminal.stdout).write(`${JSON.stringify(told)}\n`);
    return;
  }
  if (isQuiet && stopped === undefined && failed === 0) return;
  const parts = [
    `${count(succeeded)} extracted${options.output === "-" ? "" : ` into ${basename(options.output)}`}`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(skipped > 0 ? [`${count(skipped)} done before`] : []),
    ...(tokens > 0 ? [`${count(tokens)} tokens`] : []),
    ...(cost === undefined ? [] : [money(cost)]),
    duration(seconds),
  ];
  terminal.stderr.write(`${parts.join(" · ")}\n`);
  if (stopped !== undefined) {
    const rest = options.output === "-" ? "" : " The same command goes on from here.";
    terminal.stderr.write(`Stopped: ${showControls(stopped).replace(/\.$/, "")}.${rest}\n`);
  }
  if (failures !== undefined && failures > 0 && options.errors !== undefined) {
    const isOne = failures === 1;
    terminal.stderr.write(
      `${basename(options.errors)} says why ${isOne ? "one document" : `${count(failures)} documents`} failed; --retry-errors tries ${isOne ? "it" : "them"} again.\n`,
    );
  }
}

/** Says what a batch would take. */
export function reportEstimate(
  estimate: Estimate,
  { model, isJson, terminal }: { readonly model: string; readonly isJson: boolean; readonly terminal: Terminal },
): void {
  if (isJson) {
    terminal.stdout.write(`${JSON.stringify({ model, ...estimate })}\n`);
    return;
  }
  const { documents, unreadable, promptTokens, completionTokens, cost } = estimate;
  terminal.stdout.write(
    [
      `${count(documents)} documents${unreadable > 0 ? `, and ${count(unreadable)} that can't be read` : ""}`,
      `about ${count(promptTokens)} tokens of prompts, at 4 characters a token`,
      `about ${count(completionTokens)} tokens of answers, by the length of sampled ones; reasoning and re-asks come on top`,
      cost === undefined ? `no price of ${model} is known: prices in the configuration` : `about ${money(cost)} with ${model}`,
      "Nothing was sent.\n",
    ].join("\n"),
  );
}
