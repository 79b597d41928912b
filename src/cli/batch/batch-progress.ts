import type { Palette } from "../palette.js";
import type { TerminalStream } from "../terminal.js";

/** Where a run stands. */
export interface Standing {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tokens: number;
  readonly cost: number | undefined;
  /** Of the input, 0 to 1; undefined where its size is not known. */
  readonly fraction: number | undefined;
}

export interface ProgressOptions {
  readonly stream: TerminalStream;
  readonly palette: Palette;
  /** `off`: nothing is shown before the end. */
  readonly manner: "bar" | "lines" | "off";
  /** Milliseconds. */
  readonly now: () => number;
}

const drawInterval = 100;
const lineInterval = 10_000;
const barWidth = 20;

/** Shows how far a run is: one line that is drawn over on a terminal, a line now and then elsewhere. */
export class BatchProgress {
  readonly #options: ProgressOptions;
  readonly #startedAt: number;
  #shownAt: number;
  /** How much of the input was passed over because it was done before: its speed says nothing of what is to come. */
  #skippedFraction = 0;
  #drawn = false;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    this.#shownAt = this.#startedAt;
  }

  show(standing: Standing): void {
    const { manner, now } = this.#options;
    if (standing.succeeded + standing.failed === 0) this.#skippedFraction = standing.fraction ?? 0;
    if (manner === "off" || now() - this.#shownAt < (manner === "bar" ? drawInterval : lineInterval)) return;
    this.#shownAt = now();
    if (manner === "bar") this.#draw(standing);
    else this.#options.stream.write(`${this.#words(standing)}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#drawn) this.#options.stream.write("\r\u001b[K");
    this.#drawn = false;
  }

  #draw(standing: Standing): void {
    const { stream, palette } = this.#options;
    const { fraction } = standing;
    const filled = Math.round((fraction ?? 0) * barWidth);
    const bar = fraction === undefined ? "" : `${palette.green("█".repeat(filled))}${palette.dim("░".repeat(barWidth - filled))} `;
    const width = (stream.columns ?? 80) - (bar === "" ? 1 : barWidth + 2);
    stream.write(`\r${bar}${this.#words(standing).slice(0, Math.max(0, width))}\u001b[K`);
    this.#drawn = true;
  }

  #words(standing: Standing): string {
    const { succeeded, failed, skipped, tokens, cost, fraction } = standing;
    const seconds = (this.#options.now() - this.#startedAt) / 1000;
    const done = succeeded + failed;
    const advanced = (fraction ?? 0) - this.#skippedFraction;
    const left = fraction === undefined || advanced <= 0 ? undefined : (seconds * (1 - fraction)) / advanced;
    return [
      ...(fraction === undefined ? [] : [`${Math.floor(fraction * 100)} %`]),
      `${count(succeeded)} done`,
      ...(failed > 0 ? [`${count(failed)} failed`] : []),
      ...(skipped > 0 ? [`${count(skipped)} before`] : []),
      `${(done / Math.max(seconds, 0.001)).toFixed(1)}/s`,
      ...(tokens > 0 ? [`${count(tokens)} tokens`] : []),
      ...(cost === undefined ? [] : [money(cost)]),
      ...(left === undefined ? [] : [`${duration(left)} left`]),
    ].join(" · ");
  }
}

/** `1,234,567`; the same on every machine. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

export function money(value: number): string {
  return value < 1 ? value.toFixed(4) : value.toFixed(2);
}

export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
