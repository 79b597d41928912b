import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The flags of issue "generated code compiles": everything strict. */
const flags = {
  // Generated files import the runtime's built declarations.
  paths: { "@schemacast/runtime/*": [fileURLToPath(new URL("../../src/runtime/dist/*.d.ts", import.meta.url))] },
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  isolatedModules: true,
  module: "nodenext",
  noEmit: true,
  declaration: true,
  erasableSyntaxOnly: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  skipLibCheck: true,
  strict: true,
  target: "es2022",
  types: [],
  verbatimModuleSyntax: true,
};

export interface TypeFault {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Type-checks files as one program with `tsc` and returns what it finds. */
export async function typeCheck(files: ReadonlyMap<string, string>): Promise<readonly TypeFault[]> {
  const folder = await mkdtemp(join(tmpdir(), "schemacast-conformance-"));
  try {
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: flags, include: ["src"] }));
    await mkdir(join(folder, "src"));
    for (const [name, text] of files) await writeFile(join(folder, "src", name), text);
    const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
    const output = await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { maxBuffer: 1 << 30 }).then(
      () => "",
      (error: unknown) => (error as { stdout: string }).stdout,
    );
    if (process.env["KEEP_CONFORMANCE_FILES"]) console.log(folder);
    return [...output.matchAll(/^(?:.*[/\\])?([^/\\\n]+\.ts)\((\d+),\d+\): error (.*)$/gm)].map(([, file = "", line = "0", text = ""]) => ({
      file,
      line: Number(line),
      text,
    }));
  } finally {
    if (!process.env["KEEP_CONFORMANCE_FILES"]) await rm(folder, { recursive: true, force: true });
  }
}
