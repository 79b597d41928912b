import { writeSync } from "node:fs";

/** What a command sees of the process it runs in: where it prints, where it stands. */
export interface Terminal {
  /** Absolute path of the working folder. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
}

export interface TerminalStream {
  readonly isTTY?: boolean;
  /** Characters in a line. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** The process's own. */
export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    environment: process.env,
    stdout: new ProcessStream(1, () => process.stdout),
    stderr: new ProcessStream(2, () => process.stderr),
  };
}

/** Lines up to this length go to the system at once, where no stream has been made: less than any pipe holds. */
const shortLine = 2000;

/** Makes Node's stream when it is needed: its twenty modules are a tenth of a run with nothing to do, which prints one line. */
class ProcessStream implements TerminalStream {
  readonly #descriptor: number;
  readonly #make: () => NodeJS.WriteStream;
  #made: NodeJS.WriteStream | undefined;

  constructor(descriptor: number, make: () => NodeJS.WriteStream) {
    this.#descriptor = descriptor;
    this.#make = make;
  }

  get isTTY(): boolean {
    return this.#stream().isTTY;
  }

  get columns(): number {
    return this.#stream().columns;
  }

  write(text: string): void {
    const rest = this.#made === undefined && text.length < shortLine ? this.#writeAtOnce(text) : text;
    if (rest.length > 0) this.#stream().write(rest);
  }

  /** What is left to write: all, where the system refuses, whose reason the stream will hear again. */
  #writeAtOnce(text: string): Uint8Array {
    const bytes = Buffer.from(text);
    try {
      return bytes.subarray(writeSync(this.#descriptor, bytes));
    } catch {
      return bytes;
    }
  }

  #stream(): NodeJS.WriteStream {
    return (this.#made ??= leaveWithReader(this.#make()));
  }
}

/** `schemacast explain … | head`: a reader that has seen enough ends the program, quietly. */
function leaveWithReader(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}
