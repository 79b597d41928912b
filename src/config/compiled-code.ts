import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CompiledCode } from "../read/typescript/load-script.js";
import { cachePath } from "./cache-folder.js";

/**
 * Keeps compiled code in the project's cache folder: 4 MB of the TypeScript compiler, 2 MB of the generator. V8 trusts what it is
 * given, so a file that is not whole is not used.
 */
export function compiledCode(root: string, name: "typescript" | "generator"): CompiledCode {
  const path = cachePath(root, `${name}.bin`);
  return {
    read(key) {
      if (path === undefined) return undefined;
      try {
        const bytes = readFileSync(path);
        const end = bytes.indexOf("\n");
        const code = bytes.subarray(end + 1);
        return bytes.subarray(0, end).toString("utf8") === headerOf(key, code) ? code : undefined;
      } catch {
        // No cache, or none that can be read: the compiler is compiled again.
        return undefined;
      }
    },
    write(key, code) {
      if (path === undefined) return;
      try {
        const temporary = `${path}.${process.pid}`;
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(temporary, Buffer.concat([Buffer.from(`${headerOf(key, code)}\n`), code]));
        renameSync(temporary, path);
      } catch {
        // A read-only checkout runs without a cache.
      }
    },
  };
}

function headerOf(key: string, code: Uint8Array): string {
  return `${key} ${createHash("sha1").update(code).digest("hex")}`;
}
