import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const src = fileURLToPath(new URL("../src/", import.meta.url));

/** Which rooms a room may import from, besides itself. The table of docs/architecture.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  profiles: [],
  read: ["diagnostics"],
  lower: ["diagnostics", "read", "profiles"],
  samples: [],
  emit: ["diagnostics", "read", "lower", "samples"],
  write: ["diagnostics", "emit"],
  config: ["diagnostics", "read", "lower", "profiles", "emit", "write"],
  cli: ["diagnostics", "read", "lower", "profiles", "emit", "write", "config", "emulator", "samples", "."],
  // The bundler plugin runs `generate` as the command line does.
  bundlers: ["diagnostics", "write", "cli"],
  emulator: ["profiles", "samples"],
  runtime: [],
  // src/index.ts and src/generate.ts: the pipeline and the package's face.
  ".": ["diagnostics", "read", "lower", "emit", "config", "cli", "write", "profiles"],
};

/** The build side may use the runtime's published types; the runtime is a package of its own. */
const runtimeUsers = new Set(["lower", "emit", "cli", "."]);

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "dist" || entry.name === "node_modules") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}

const room = (path: string): string => {
  const inside = relative(src, path);
  return inside.includes("/") ? inside.slice(0, inside.indexOf("/")) : ".";
};

function importsOf(path: string): Import[] {
  const text = readFileSync(path, "utf8");
  // Statements begin a line; `import("…")` may stand anywhere.
  const statements = /^(?:import|export)\b(?:[^"';]*?\bfrom)?\s*"([^"]+)"/gm;
  const found = [...text.matchAll(statements), ...text.matchAll(/\bimport\("([^"]+)"\)/g)].map((match) => match[1] ?? "");
  return found.map((specifier) => ({
    file: relative(src, path),
    from: room(path),
    to: specifier.startsWith(".") ? room(normalize(join(dirname(path), specifier))) : specifier,
  }));
}

const files = sourceFiles(src);
const imports = files.flatMap(importsOf);

describe("architecture", () => {
  test("there is something to check", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(50);
  });

  test("every room stands in the table", () => {
    expect([...new Set(files.map(room))].filter((name) => !(name in mayImport))).toEqual([]);
  });

  test("imports go one way", () => {
    const own = imports.filter((one) => one.to in mayImport || files.some((file) => room(file) === one.to));
    const wrong = own.filter((one) => one.from !== one.to && !mayImport[one.from]?.includes(one.to));
    expect(wrong.map((one) => `${one.file} imports from ${one.to}`)).toEqual([]);
  });

  test("only the build side's inner rooms know the runtime's types", () => {
    const users = imports.filter((one) => one.to.startsWith("@schemacast/runtime") && !runtimeUsers.has(one.from));
    expect(users.map((one) => `${one.file} imports ${one.to}`)).toEqual([]);
  });

  test("the runtime has no dependency: it imports lazily the SDK, and OpenTelemetry's API or BullMQ for those who ask for it", () => {
    const packages = imports.filter((one) => one.from === "runtime" && one.to !== "runtime").map((one) => one.to);
    const allowed = new Set(["@cerebras/cerebras_cloud_sdk", "@opentelemetry/api"]);
    const observed = imports.filter((one) => one.to === "@opentelemetry/api" && !one.file.startsWith("runtime/telemetry/"));
    expect(observed).toEqual([]);
    // The rest of the runtime runs at the edge and in a browser.
    const queued = new Set(["bullmq", "node:crypto"]);
    const strays = imports.filter((one) => one.from === "runtime" && queued.has(one.to) && !one.file.startsWith("runtime/queue/"));
    expect(strays).toEqual([]);
    expect(packages.filter((name) => !allowed.has(name) && !queued.has(name))).toEqual([]);
  });

  test("heavy packages are imported only where they do their work", () => {
    const home: Readonly<Record<string, string>> = { "ts-morph": "read", "json-schema-to-typescript": "emit", ajv: "emit", yargs: "cli" };
    const strays = imports.filter((one) => {
      const name = Object.keys(home).find((heavy) => one.to === heavy || one.to.startsWith(`${heavy}/`));
      return name !== undefined && home[name] !== one.from;
    });
    expect(strays.map((one) => `${one.file} imports ${one.to}`)).toEqual([]);
  });
});
