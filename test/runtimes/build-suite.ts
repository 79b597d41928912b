import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** The suite in a folder of its own, beside the runtime as it would be published and the SDK. */
export interface BuiltSuite {
  readonly folder: string;
  /** An ES module as compiled, one file for each source: for runtimes that resolve packages. */
  readonly module: string;
  /** One file with everything in it, for the entry of that name. @returns its text */
  bundle(entry: "page" | "worker", conditions: readonly string[]): Promise<string>;
}

/** Packs the runtime, installs it with the SDK into `folder`, compiles the suite and the generated code there. */
export async function buildSuite(folder: string): Promise<BuiltSuite> {
  mkdirSync(folder, { recursive: true });
  await run("npm", ["pack", "--pack-destination", folder, "-w", "@schemacast/runtime"], { cwd: root });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack left no tarball");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "suite", private: true, type: "module" }));
  const packages = [join(folder, tarball), "@cerebras/cerebras_cloud_sdk@^1.91.0"];
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages], { cwd: folder });
  const sources = ["generated", "schemas", "test/runtimes"].flatMap((name) =>
    readdirSync(join(root, name))
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => join(root, name, file)),
  );
  await build({ entryPoints: sources, outdir: folder, outbase: root, format: "esm", target: "es2022", logLevel: "warning" });
  const entry = (name: string): string => join(folder, "test/runtimes", `entry-${name}.js`);
  return {
    folder,
    module: entry("process"),
    async bundle(name, conditions) {
      const result = await build({
        entryPoints: [entry(name)],
        bundle: true,
        write: false,
        format: "esm",
        platform: "browser",
        conditions: [...conditions],
        logLevel: "warning",
      });
      return result.outputFiles[0]?.text ?? "";
    },
  };
}
