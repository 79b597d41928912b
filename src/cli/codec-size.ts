import type { GeneratedFile } from "../emit/generated-file.js";

/** Bytes of the codec files among a source's outputs: the machine's half, of which the validator is most. */
export function codecSize(files: readonly GeneratedFile[]): number {
  const codecs = files.filter((file) => /\.codec\.[cm]?[jt]s$/.test(file.path));
  return codecs.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
}
