import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../write/project-files.js";
import { packageVersion } from "./package-version.js";

/** What code generates: its version and, in a checkout of schemacast itself, a stamp of the build. */
export interface GeneratorIdentity {
  readonly version: string;
  /**
   * Empty for an installed package, whose version says it all. In a checkout the code changes while the version does not, so outputs
   * are only taken as up to date where the last run with this very build said so.
   */
  readonly stamp: string;
}

/** Looks at this installation. */
export function generatorIdentity(): GeneratorIdentity {
  const home = fileURLToPath(new URL("../..", import.meta.url));
  return { version: packageVersion(), stamp: existsSync(join(home, "src", "generate.ts")) ? stampOf(home) : "" };
}

function stampOf(home: string): string {
  let newest = 0;
  let size = 0;
  for (const folder of ["dist", "templates", "src/runtime/dist"]) {
    for (const path of listFiles(join(home, folder))) {
      if (!/\.[jt]s$/.test(path) || path.endsWith(".d.ts")) continue;
      const { mtimeMs, size: bytes } = statSync(join(home, folder, path));
      newest = Math.max(newest, mtimeMs);
      size += bytes;
    }
  }
  return `${newest} ${size}`;
}
