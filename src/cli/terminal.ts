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
  return { cwd: process.cwd(), environment: process.env, stdout: process.stdout, stderr: process.stderr };
}
