import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transform, build } from "esbuild";
import { rollup } from "rollup";
import { describe, expect, test } from "vitest";

// What an application does not import is not in its bundle: a type guard brings its validator and nothing else.

const folder = join(import.meta.dirname, "../../generated");
const outside = ["@cerebras/*", "@schemacast/*"];
const sources = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".codec.ts"));

function importing(name: string, file: string): string {
  return `import { ${name} } from "./${file.replace(/\.ts$/, ".js")}"; console.log(${name});`;
}

async function withEsbuild(name: string, file: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: importing(name, file), resolveDir: folder, loader: "ts" },
    bundle: true,
    format: "esm",
    write: false,
    external: outside,
  });
  return outputFiles[0]?.text ?? "";
}

async function withRollup(name: string, file: string): Promise<string> {
  const bundle = await rollup({
    input: "entry",
    external: (id) => id.startsWith("@"),
    plugins: [
      {
        name: "generated",
        resolveId: (id) => id,
        load: async (id) => {
          if (id === "entry") return importing(name, file);
          const { code } = await transform(readFileSync(join(folder, id.replace(/\.js$/, ".ts")), "utf8"), { loader: "ts" });
          return code;
        },
      },
    ],
  });
  const { output } = await bundle.generate({ format: "es" });
  return output[0].code;
}

describe.each([
  ["esbuild", withEsbuild],
  ["rollup", withRollup],
])("in a bundle by %s", (_bundler, bundled) => {
  test.each(sources)("%s brings what is used", async (file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const guard = /function (is\w+)\(/.exec(text)?.[1] ?? "";
    const name = guard.slice("is".length);
    const [guardOnly, extractOnly, streamOnly] = await Promise.all([
      bundled(guard, file),
      bundled(`extract${name}`, file),
      bundled(`stream${name}`, file),
    ]);
    expect(guardOnly).toContain(`function ${guard}(`);
    expect(guardOnly).not.toMatch(/"extract_|Plan\b|Handler|instructions/);
    expect(extractOnly).toContain('"extract_');
    expect(extractOnly).not.toContain("Handler");
    expect(streamOnly).toContain("Handler");
  });
});
