import type { ParsedArguments } from "./command-table.js";

/** `schemacast emulate`: runs until it is interrupted. */
export async function emulateCommand(_parsed: ParsedArguments): Promise<0 | 1> {
  process.stderr.write("schemacast: the emulator is not part of this build yet.\n");
  return Promise.resolve(1);
}
