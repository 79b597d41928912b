import { resolve } from "node:path";
import type { ParsedArguments } from "./command-table.js";
import type { Terminal } from "./terminal.js";
import { systemErrorCode } from "../write/project-files.js";

/** `schemacast emulate`: serves until it is interrupted. */
export async function emulateCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1 | 2> {
  const { startEmulator } = await import("../emulator/index.js");
  const port = typeof options["port"] === "number" ? options["port"] : undefined;
  const cassettes = typeof options["cassettes"] === "string" ? resolve(terminal.cwd, options["cassettes"]) : undefined;
  const allowOrigin = typeof options["allow-origin"] === "string" ? options["allow-origin"] : undefined;
  let emulator;
  try {
    emulator = await startEmulator({
      ...(port !== undefined && { port }),
      ...(cassettes !== undefined && { cassettes }),
      ...(allowOrigin !== undefined && { allowOrigin }),
    });
  } catch (error) {
    const code = systemErrorCode(error);
    if (cassettes !== undefined && (code === undefined || code === "ENOENT" || code === "ENOTDIR") && error instanceof Error) {
      terminal.stderr.write(`schemacast: ${code === undefined ? error.message : `there is no folder ${cassettes} to replay from.`}\n`);
      return 1;
    }
    if (code === undefined) throw error;
    const problem = code === "EADDRINUSE" ? "is taken by another program" : `can't be used (${code})`;
    terminal.stderr.write(`schemacast: port ${port ?? 0} ${problem}. Choose another, or leave --port out for a free one.\n`);
    return code === "ERR_SOCKET_BAD_PORT" ? 2 : 1;
  }
  const interrupted = new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  if (options["format"] === "json") terminal.stdout.write(`${JSON.stringify({ url: emulator.url, port: emulator.port })}\n`);
  else if (options["quiet"] !== true) terminal.stdout.write(instructions(emulator.url, cassettes));
  await interrupted;
  await emulator.close();
  return 0;
}

function instructions(url: string, cassettes: string | undefined): string {
  const what = cassettes === undefined ? "recorded and sampled answers, no model" : `what was recorded in ${cassettes}, nothing else`;
  return `Emulating Cerebras at ${url} (${what}). Stop with Ctrl+C.

  CEREBRAS_BASE_URL=${url} CEREBRAS_API_KEY=any node your-program.js
`;
}
