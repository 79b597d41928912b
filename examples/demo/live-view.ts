import { stdout } from "node:process";

/** Draws a growing value in place on a terminal; elsewhere prints nothing until it is done. */
export class LiveView {
  #lines = 0;

  draw(value: unknown): void {
    if (!stdout.isTTY) return;
    const text = indented(value);
    this.#erase();
    stdout.write(text);
    this.#lines = wrappedLines(text);
  }

  end(value: unknown): void {
    this.#erase();
    stdout.write(indented(value));
  }

  #erase(): void {
    if (this.#lines > 0) stdout.write(`\u001b[${this.#lines}A\u001b[0J`);
    this.#lines = 0;
  }
}

function indented(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(/^/gm, "  ")}\n`;
}

/** Lines as the terminal shows them: a long one takes several. */
function wrappedLines(text: string): number {
  const width = stdout.columns > 0 ? stdout.columns : 80;
  return text
    .slice(0, -1)
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
}
