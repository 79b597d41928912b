import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = process.env["SCHEMACAST_CORPORA"] ?? fileURLToPath(new URL("../../../shared/corpora", import.meta.url));

/** The text of a corpus file, unpacked; undefined where the corpora are absent. */
export function corpus(name: string): string | undefined {
  const path = `${folder}/${name}`;
  if (!existsSync(path)) {
    console.log(`skipped: ${name} is not there (SCHEMACAST_CORPORA)`);
    return undefined;
  }
  const bytes = readFileSync(path);
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
