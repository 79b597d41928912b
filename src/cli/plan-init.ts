import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyEdits, modify, parse } from "jsonc-parser";
import { findConfigs } from "../config/find-config.js";
import { defaultJob } from "../config/job.js";
import { findSources } from "../config/find-sources.js";
import { readBytes } from "../write/project-files.js";
import { packageVersion } from "./package-version.js";

/** A file that `init` writes. */
export interface InitChange {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly isNew: boolean;
  readonly about: string;
}

export interface InitPlan {
  readonly changes: readonly InitChange[];
  /** What a person has to do. */
  readonly advice: readonly string[];
}

const configText = `import { defineConfig } from "schemacast";

export default defineConfig({
  input: "schemas",
  output: "generated",
});
`;

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
  const changes: InitChange[] = [];
  const advice: string[] = [];
  const add = (path: string, text: string, about: string): void => {
    const before = readBytes(join(root, path))?.toString("utf8");
    if (before !== text) changes.push({ path, text, isNew: before === undefined, about });
  };
  if (findConfigs(root).length === 0) {
    const isTypeScript = existsSync(join(root, "tsconfig.json"));
    add(isTypeScript ? "schemacast.config.ts" : "schemacast.config.mjs", configText, "where schemas are and where extractors go");
  }
  if ((await findSources(root, defaultJob)).length === 0 && !existsSync(join(root, "schemas"))) {
    add("schemas/person.schema.json", schemaText, "a first schema");
  }
  const manifest = readBytes(join(root, "package.json"))?.toString("utf8");
  if (manifest === undefined) advice.push("There is no package.json here: run `npm init -y` first, then this again.");
  else add("package.json", editManifest(manifest), "scripts and dependencies");
  for (const [path, when] of ignoreFiles) {
    if (
      existsSync(join(root, path)) ||
      when.some((name) => existsSync(join(root, name))) ||
      when.some((name) => manifest?.includes(`"${name}"`) === true)
    ) {
      add(path, withLine(readBytes(join(root, path))?.toString("utf8") ?? "", "generated/"), "formatters leave generated files alone");
    }
  }
  if (existsSync(join(root, ".git"))) {
    const attributes = readBytes(join(root, ".gitattributes"))?.toString("utf8") ?? "";
    add(".gitattributes", withLine(attributes, "generated/** text eol=lf linguist-generated"), "the same bytes on every machine");
  }
  const turbo = readBytes(join(root, "turbo.json"))?.toString("utf8");
  if (turbo !== undefined) add("turbo.json", editTurbo(turbo), "a cached task");
  for (const name of ["biome.json", "biome.jsonc"])
    if (existsSync(join(root, name))) advice.push(`In ${name}, exclude generated/ from formatting and linting.`);
  if (manifest !== undefined && changes.some((change) => change.path === "package.json"))
    advice.push("Then run your package manager's install.");
  return { changes, advice };
}

/** Writes what was planned. */
export function applyPlan(root: string, { changes }: InitPlan): void {
  for (const { path, text } of changes) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const ignoreFiles: readonly (readonly [file: string, when: readonly string[]])[] = [
  [".prettierignore", [".prettierrc", ".prettierrc.json", "prettier.config.js", "prettier.config.mjs", "prettier"]],
  [".eslintignore", [".eslintrc", ".eslintrc.json", ".eslintrc.cjs"]],
];

/** Adds what is missing and keeps the file's own formatting. */
function editManifest(text: string): string {
  const version = `^${packageVersion()}`;
  const wanted: readonly (readonly [path: readonly string[], value: string])[] = [
    [["scripts", "generate"], "schemacast generate"],
    [["scripts", "generate:check"], "schemacast check"],
    [["dependencies", "@schemacast/runtime"], version],
    [["dependencies", "@cerebras/cerebras_cloud_sdk"], "^1.91.0"],
    [["devDependencies", "schemacast"], version],
  ];
  return wanted.reduce((before, [path, value]) => {
    const parsed: unknown = parse(before);
    const [group = "", name = ""] = path;
    // A package may stand among the others: where it stands is the project's choice.
    const groups = group === "scripts" ? [group] : ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
    return groups.some((each) => hasMember(parsed, each, name)) ? before : setJson(before, path, value);
  }, text);
}

function hasMember(value: unknown, group: string, name: string): boolean {
  const members: unknown = typeof value === "object" && value !== null ? Reflect.get(value, group) : undefined;
  return typeof members === "object" && members !== null && Object.hasOwn(members, name);
}

function editTurbo(text: string): string {
  if (text.includes('"generate"')) return text;
  return setJson(text, ["tasks", "generate"], { inputs: ["schemas/**", "schemacast.config.*", "package.json"], outputs: ["generated/**"] });
}

function setJson(text: string, path: readonly string[], value: unknown): string {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const formattingOptions = { insertSpaces: !indent.startsWith("\t"), tabSize: indent.startsWith("\t") ? 1 : indent.length, eol: "\n" };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

function withLine(text: string, line: string): string {
  if (text.split(/\r?\n/).some((each) => each.trim() === line)) return text;
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
}
