import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findConfigs } from "../../config/find-config.js";
import { findSources } from "../../config/find-sources.js";
import { defaultJob } from "../../config/job.js";
import { readConfig } from "../../config/read-config.js";
import { bundlers, editPackage } from "./edit-package.js";
import { withLine } from "./edit-text.js";
import { ignoreOutput } from "./formatters.js";
import { members, Repository } from "./repository.js";
import { addTasks, type Folders } from "./task-runners.js";

/** A file that `init` writes. */
export interface InitChange {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  /** What it holds now; undefined where it is new. */
  readonly before: string | undefined;
  readonly about: string;
}

export interface InitPlan {
  readonly changes: readonly InitChange[];
  /** What a person has to do. */
  readonly advice: readonly string[];
}

const schemaText = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Person",
  "description": "A person named in the text.",
  "type": "object",
  "properties": {
    "name": { "type": "string", "description": "Full name, as written." },
    "age": { "type": "integer", "description": "Age in years." }
  },
  "required": ["name"],
  "additionalProperties": false
}
`;

/** Looks at a repository and says what setting schemacast up would change. Writes nothing. */
export async function planInit(root: string): Promise<InitPlan> {
  const repository = new Repository(root);
  const folders = await foldersOf(repository);
  const advice: string[] = [];
  if (findConfigs(root).length === 0) draftConfig(repository, folders[0] ?? defaultFolders);
  for (const { input } of folders.slice(0, 1))
    if ((await findSources(root, { ...defaultJob, inputFolder: input })).length === 0)
      repository.draft(`${input}/person.schema.json`, schemaText, "a first schema");
  advice.push(...editPackage(repository));
  for (const { output } of folders) {
    advice.push(...ignoreOutput(repository, output));
    if (repository.above(".git") !== undefined) {
      const line = `${output}/** text eol=lf linguist-generated`;
      repository.draft(
        ".gitattributes",
        withLine(repository.text(".gitattributes") ?? "", line),
        "the same bytes on every machine, folded in reviews",
      );
    }
    advice.push(...includeAdvice(repository, output));
  }
  addTasks(repository, folders);
  return { changes: repository.drafts, advice: [...new Set(advice)] };
}

/** Writes what was planned. */
export function applyPlan(root: string, { changes }: InitPlan): void {
  for (const { path, text } of changes) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const defaultFolders: Folders = { input: defaultJob.inputFolder, output: defaultJob.outputFolder };

/** Those of the configuration; without one the usual ones, below src/ where the compiler looks nowhere else. */
async function foldersOf(repository: Repository): Promise<readonly Folders[]> {
  const { root } = repository;
  if (findConfigs(root).length > 0) {
    const { jobs } = await readConfig({ root, generator: "init" });
    return jobs.map(({ inputFolder, outputFolder }) => ({ input: inputFolder, output: outputFolder }));
  }
  const isThere = (await findSources(root, defaultJob)).length > 0;
  if (isThere || !looksOnlyAt(repository, "src")) return [defaultFolders];
  return [{ input: `src/${defaultFolders.input}`, output: `src/${defaultFolders.output}` }];
}

function draftConfig(repository: Repository, { input, output }: Folders): void {
  const settings = [`input: ${JSON.stringify(input)},`, `output: ${JSON.stringify(output)},`];
  if (!hasTypeScript(repository)) settings.push('target: "js", // with .d.ts files: there is no TypeScript here');
  else if (repository.depends("next")) settings.push('importExtension: "none", // Next.js takes ./user.codec.js by its word');
  else if (importsByTs(repository)) settings.push('importExtension: "ts", // as tsconfig.json has it, and Node without a compiler');
  const text = `import { defineConfig } from "schemacast";

export default defineConfig({
${settings.map((line) => `  ${line}\n`).join("")}});
`;
  const path = repository.has("tsconfig.json") ? "schemacast.config.ts" : "schemacast.config.mjs";
  repository.draft(path, text, "where schemas are and where extractors go");
}

/** Whether something in the repository reads TypeScript: a compiler, a bundler, or code that is there. */
function hasTypeScript(repository: Repository): boolean {
  if (repository.depends("typescript", "tsx", "ts-node", ...bundlers) || repository.above("tsconfig.json") !== undefined) return true;
  const names = [".", "src", "schemas"].flatMap((folder) => repository.names(folder));
  return names.some((name) => /\.[cm]?tsx?$/.test(name));
}

/** Whether tsconfig.json says that modules are imported by the names they have: `./user.ts`. */
function importsByTs(repository: Repository): boolean {
  const options = members(repository.json("tsconfig.json"), "compilerOptions");
  return options["allowImportingTsExtensions"] === true || options["rewriteRelativeImportExtensions"] === true;
}

/** Whether tsconfig.json confines the project to a folder. */
function looksOnlyAt(repository: Repository, folder: string): boolean {
  const config = repository.json("tsconfig.json");
  const isInside = (path: unknown): boolean => new RegExp(`^(?:\\./)?${folder}(?:/|$)`).test(String(path));
  const { rootDir } = members(config, "compilerOptions");
  const { include } = members(config);
  if (typeof rootDir === "string") return isInside(rootDir);
  return Array.isArray(include) && include.length > 0 && include.every(isInside);
}

/** What tsconfig.json does not include is compiled where it is imported; a `rootDir` it lies outside of is an error. */
function includeAdvice(repository: Repository, output: string): readonly string[] {
  if (output.startsWith("src/") || !looksOnlyAt(repository, "src")) return [];
  const { rootDir } = members(repository.json("tsconfig.json"), "compilerOptions");
  if (rootDir !== undefined)
    return [
      `tsconfig.json sets "rootDir": ${JSON.stringify(rootDir)}, and ${output}/ lies outside of it: set \`output\` and \`input\` to folders below src/, or widen rootDir.`,
    ];
  return [`tsconfig.json includes src/ only: add ${JSON.stringify(output)} to its "include", so that all generated files are checked.`];
}
