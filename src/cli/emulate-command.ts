import type { ParsedArguments } from "./command-table.js";
import type { Terminal } from "./terminal.js";
import { systemErrorCode } from "../write/project-files.js";

/** `schemacast emulate`: serves until it is interrupted. */
export async function emulateCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const { startEmulator } = await import("../emulator/index.js");
  const port = typeof options["port"] === "number" ? options["port"] : undefined;
  let emulator;
  try {
    emulator = await startEmulator(port === undefined ? {} : { port });
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    const problem = code === "EADDRINUSE" ? "is taken by another program" : `can't be used (${code})`;
    terminal.stderr.write(`schemacast: port ${port ?? 0} ${problem}. Choose another, or leave --port out for a free one.\n`);
    return 1;
  }
  const interrupted = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  if (options["format"] === "json") terminal.stdout.write(`${JSON.stringify({ url: emulator.url, port: emulator.port })}\n`);
  else if (options["quiet"] !== true) terminal.stdout.write(instructions(emulator.url));
  await interrupted;
  await emulator.close();
  return 0;
}

function instructions(url: string): string {
  return `Emulating Cerebras at ${url} (recorded and sampled answers, no model). Stop with Ctrl+C.

  CEREBRAS_BASE_URL=${url} CEREBRAS_API_KEY=any node your-program.js
`;
}
