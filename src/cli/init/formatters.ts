import { appendJson, withLine } from "./edit-text.js";
import { members, type Repository } from "./repository.js";

const about = "formatters and linters leave generated files alone";

/** The ignore lists of the formatters and linters that are in use. @returns what a person has to do: configurations that are programs */
export function ignoreOutput(repository: Repository, output: string): readonly string[] {
  const names = repository.names();
  const addLine = (path: string): void => repository.draft(path, withLine(repository.text(path) ?? "", `${output}/`), about);
  if (usesPrettier(repository)) addLine(".prettierignore");
  if (names.some((name) => /^\.eslintrc(?:\.|$)/.test(name))) addLine(".eslintignore");
  for (const name of names) {
    const edit = editOf(name, repository, output);
    const text = repository.text(name);
    // What is not well-formed is not edited.
    if (edit !== undefined && text !== undefined && repository.json(name) !== undefined) repository.draft(name, edit(text), about);
  }
  return names.flatMap((name) => {
    if (/^eslint\.config\.[cm]?[jt]s$/.test(name))
      return [`In ${name} add \`{ ignores: ["${output}/"] }\`: there is nothing to lint in generated files.`];
    if (/^ox(?:fmt|lint)\.config\.[cm]?[jt]s$/.test(name)) return [`In ${name} add "${output}/**" to \`ignorePatterns\`.`];
    return [];
  });
}

function editOf(name: string, repository: Repository, output: string): ((text: string) => string) | undefined {
  if (/^\.?biome\.jsonc?$/.test(name)) return (text) => ignoreInBiome(text, repository.json(name), output);
  if (/^\.ox(?:lint|fmt)rc\.jsonc?$/.test(name)) return (text) => appendJson(text, ["ignorePatterns"], `${output}/**`);
  if (/^\.?dprint\.jsonc?$/.test(name)) return (text) => appendJson(text, ["excludes"], `${output}/**`);
  return undefined;
}

function usesPrettier(repository: Repository): boolean {
  const isConfigured = repository.names().some((name) => /^(?:\.prettier(?:rc|ignore)|prettier\.config\.)/.test(name));
  return isConfigured || repository.depends("prettier") || "prettier" in members(repository.json("package.json"));
}

/** Biome 1 has `files.ignore`; since 2, `files.includes` takes what is left out with a `!`, after what is taken. */
function ignoreInBiome(text: string, config: unknown, output: string): string {
  const isFirst = "ignore" in members(config, "files") || /\/schemas\/1\./.test(String(members(config)["$schema"]));
  return isFirst ? appendJson(text, ["files", "ignore"], `${output}/**`) : appendJson(text, ["files", "includes"], `!${output}`, ["**"]);
}
