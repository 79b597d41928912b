import { showControls } from "./code-frame.js";
import type { TerminalStream } from "./terminal.js";

/** Draws a growing value in place: each picture overwrites the one before. */
export class LiveView {
  readonly #stream: TerminalStream;
  #height = 0;

  constructor(stream: TerminalStream) {
    this.#stream = stream;
  }

  draw(value: unknown): void {
    const columns = (this.#stream.columns ?? 80) - 1;
    // A picture taller than the screen can't be overwritten: show its end.
    const lines = (JSON.stringify(value, null, 2) ?? "").split("\n").slice(-30);
    const shown = lines.map((line) => showControls(line.length > columns ? `${line.slice(0, columns - 1)}…` : line));
    this.#stream.write(`${this.#erase()}${shown.join("\n")}\n`);
    this.#height = shown.length;
  }

  /** Replaces the last picture by the whole value. */
  end(value: unknown): void {
    this.#stream.write(`${this.#erase()}${showControls(JSON.stringify(value, null, 2) ?? "")}\n`);
    this.#height = 0;
  }

  #erase(): string {
    return this.#height === 0 ? "" : `\u001b[${this.#height}A\u001b[J`;
  }
}
