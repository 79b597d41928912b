import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

// Every block of TypeScript in README and docs compiles against the built packages: what is shown exists and has these types.
const root = fileURLToPath(new URL("../", import.meta.url));

interface Block {
  /** `docs/calls.md:46` */
  readonly place: string;
  readonly text: string;
}

function blocksOf(file: string): readonly Block[] {
  const page = readFileSync(join(root, file), "utf8");
  return [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map((match) => ({
    place: `${file}:${page.slice(0, match.index).split("\n").length}`,
    text: match[1] ?? "",
  }));
}

const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((name) => name.endsWith(".md"));
const blocks = pages.flatMap(blocksOf);

/** What the blocks take for given, by where it comes from; a block gets what it names and does not declare. */
const given: readonly (readonly [names: readonly string[], source: string])[] = [
  [["extractUser", "streamUser", "streamUserList", "userSpec"], "./generated/user.js"],
  [["extractInvoice", "invoiceSpec"], "./generated/invoice.js"],
  [["extractShop"], "./generated/shop.js"],
  [["extractMoney"], "./generated/money.js"],
  [["startEmulator"], "schemacast/emulator"],
  [["Cerebras"], "@cerebras/cerebras_cloud_sdk"],
];
const declared: Readonly<Record<string, string>> = {
  text: "declare const text: string;",
  documents: "declare const documents: AsyncIterable<string>;",
  signal: "declare const signal: AbortSignal;",
  render: "declare function render(value: unknown): void;",
  save: "declare function save(...values: readonly unknown[]): void;",
  log: "declare function log(text: string): void;",
  closedInvoices: "declare function closedInvoices(): Promise<readonly string[]>;",
  tableStreamSpec:
    'declare const tableStreamSpec: import("@schemacast/runtime").StreamSpec<{ caption: string; markdown: string }, { caption?: string }>;',
  rowsOf: "declare function rowsOf(markdown: string): string[][];",
  OrderLine: "interface OrderLine { article: string }",
};

/** A module of its own: what the block takes for given, then the block. */
function moduleOf({ text }: Block): string {
  const missing = (name: string): boolean =>
    new RegExp(`\\b${name}\\b`).test(text) && !new RegExp(`(import [^;]*|const |function |interface )\\b${name}\\b`).test(text);
  const imports = given.flatMap(([names, source]) => {
    const wanted = names.filter(missing);
    return wanted.length === 0 ? [] : [`import { ${wanted.join(", ")} } from ${JSON.stringify(source)};`];
  });
  const declarations = Object.entries(declared).flatMap(([name, line]) => (missing(name) ? [line] : []));
  return `${[...imports, ...declarations].join("\n")}\n${text}\nexport {};\n`;
}

const schemas: Readonly<Record<string, string>> = {
  "invoice.ts": `export interface Invoice { number: string; total: number; lines: { price: number; quantity: number }[]; evidence: string[] }`,
  "shop.ts": `export interface Shop { name: string; /** @default "EUR" */ currency: string }`,
  "money.ts": `export interface Money { amount: number; currency: "EUR" | "USD" }`,
};

test("every block of TypeScript in README and docs compiles", () => {
  expect(blocks.length).toBeGreaterThan(15);
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  // Below this checkout, so that packages are found as they are built here.
  const folder = realpathSync(mkdtempSync(join(cache, "docs-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "schemas"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/schemacast"));
  cpSync(join(root, "schemas/user.schema.json"), join(folder, "schemas/user.schema.json"));
  for (const [name, text] of Object.entries(schemas)) writeFileSync(join(folder, "schemas", name), text);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "docs", private: true, type: "module" }));
  execFileSync(process.execPath, [join(root, "bin/schemacast.js"), "generate", "--mocks", "--quiet"], { cwd: folder, stdio: "pipe" });
  const places: ReadonlyMap<string, string> = new Map(blocks.map((block, index) => [`block-${index}.ts`, block.place]));
  for (const [index, block] of blocks.entries()) writeFileSync(join(folder, `block-${index}.ts`), moduleOf(block));
  const compilerOptions = {
    target: "es2022",
    lib: ["es2023", "dom"],
    module: "nodenext",
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    strict: true,
    // What `tsc --init` of TypeScript 7 sets besides.
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    moduleDetection: "force",
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "schemas", "generated"] }));
  expect(errorsOf(folder).map((line) => line.replace(/^block-\d+\.ts/, (name) => `${places.get(name) ?? name} `))).toEqual([]);
});

function errorsOf(folder: string): readonly string[] {
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
    return [];
  } catch (error) {
    // execFileSync throws with what was printed.
    return (error as { readonly stdout: string }).stdout.split("\n").filter((line) => line !== "");
  }
}
