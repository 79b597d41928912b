import type { MessageTable } from "./message-table.js";

export const configMessages = {
  "config/not-loaded": {
    severity: "error",
    message: "The configuration could not be loaded: {problem}.",
    hint: "Correct {file}; nothing is generated until it loads.",
    explanation: "schemacast.config.* threw an error, imports something that is not there, or is not well-formed.",
  },
  "config/not-found": {
    severity: "error",
    message: "There is no configuration {file}.",
    hint: "Check the path after --config; it is relative to the project root.",
    explanation: "The file named by --config does not exist.",
  },
  "config/several": {
    severity: "error",
    message: "There is more than one configuration: {files}.",
    hint: "Keep one of them, or choose one with --config.",
    explanation:
      "A project root has several schemacast.config.* files, or one beside a `schemacast` field in package.json. Which one counts must not be guessed.",
  },
  "config/unknown-key": {
    severity: "error",
    message: "There is no setting `{key}`{where}.{suggestion}",
    hint: "Known here: {known}.",
    explanation:
      "The configuration holds a key that schemacast does not know, usually a slip of the pen. It is an error, because a setting without effect goes unnoticed.",
  },
  "config/wrong-value": {
    severity: "error",
    message: "`{key}`{where} must be {expected}, not {found}.",
    hint: "Correct the value.",
    explanation: "A setting of the configuration has a value of the wrong type, or not one of those it can have.",
  },
  "config/bad-path": {
    severity: "error",
    message: "`{key}`{where} is {path}, {problem}.",
    hint: "Give a folder inside the project, relative to its root, with `/`: `schemas`.",
    explanation:
      "Input and output folders must lie inside the project root and be written with forward slashes, so that a configuration means the same on every machine.",
  },
  "config/shared-output": {
    severity: "error",
    message: "Two jobs write to {folder} ({other} is the other one's output).",
    hint: "Give each job an `output` of its own, none inside another's.",
    explanation: "Every output folder has one manifest and one owner. Two jobs in one folder would remove each other's files.",
  },
  "config/output-is-input": {
    severity: "error",
    message: "The output folder {folder} lies in the input folder {input}.",
    hint: "Choose an `output` outside it, or the next run would read what this one wrote.",
    explanation: "The output folder is the input folder or lies inside it, so generated files would become sources at the next run.",
  },
  "config/no-template": {
    severity: "error",
    message: "The folder of `templates`, {folder}, holds no template.",
    hint: "Run `npx schemacast eject templates`, correct the path, or take the setting away. Templates that can be replaced: {known}.",
    explanation:
      "The configuration names a folder of templates that does not exist, or has none of the files that replace one of schemacast's.",
  },
  "config/unknown-template": {
    severity: "error",
    message: "There is no template of this name, so this file has no effect.",
    hint: "Templates that can be replaced: {known}. `schemacast eject templates` copies them.",
    explanation: "The folder named by `templates` holds a file that replaces none of schemacast's templates.",
  },
  "config/unknown-placeholder": {
    severity: "error",
    message: "{name} is not a placeholder of this template.",
    hint: "Its placeholders: {known}.",
    explanation: "A template of the project uses a placeholder that nothing fills.",
  },
  "config/missing-placeholder": {
    severity: "error",
    message: "The template leaves out {name}.",
    hint: "Use it at least once, as the original does: `schemacast eject templates --force` brings that back.",
    explanation: "A template of the project does not use one of the placeholders of the original, so a part of the output would be lost.",
  },
  "config/override-unused": {
    severity: "warning",
    message: "The override for {globs} fits none of the {count} schemas in {folder}/.",
    hint: "Correct its `files`; the globs are relative to the input folder.",
    explanation: "An entry of `overrides` has globs to which no source leads: a schema was renamed, or the glob has a slip.",
  },
  "config/include-unused": {
    severity: "warning",
    message: "`include` and `exclude` leave none of the {count} files in {folder}/.",
    hint: "Correct the globs; they are relative to the input folder and can only take .json and .ts files.",
    explanation:
      "There are files that could be schemas, and the globs of the configuration take none of them: a folder was renamed, or a glob has a slip.",
  },
  "config/no-input": {
    severity: "error",
    message: "The input folder {folder} does not exist.",
    hint: "Make it and put a schema there, correct `input`, or run `npx schemacast init`.",
    explanation: "The folder that a configuration names as `input` is not there. Without a configuration, a missing schemas/ is no error.",
  },
} as const satisfies MessageTable;
