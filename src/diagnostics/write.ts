import type { MessageTable } from "./message-table.js";

export const writeMessages = {
  "write/edited-output": {
    severity: "error",
    message: "This file is generated from {source}, and somebody changed it since.",
    hint: "Put the change into {source}, then run `schemacast generate --force`, which overwrites this file. If a formatter did it, tell it to ignore {folder}/.",
    explanation:
      "The bytes of an output are not those that schemacast wrote. It never overwrites such a file by itself, because the change may be work of yours. Formatters that run over the output folder are the usual cause.",
  },
  "write/edited-orphan": {
    severity: "error",
    message: "This file was generated from {source}, which is gone, and somebody changed it since.",
    hint: "Move it out of {folder}/ if you need it, or run `schemacast generate --force`, which removes it.",
    explanation:
      "An output whose source is gone would be removed, but its bytes are not those that schemacast wrote, so the change may be work of yours.",
  },
  "write/foreign-file": {
    severity: "error",
    message: "This file stands where the output of {source} belongs, and schemacast did not write it.",
    hint: "Move it elsewhere or rename the schema. `schemacast generate --force` overwrites it.",
    explanation:
      "A file without schemacast's header line has the name of an output. Files of yours are never overwritten or removed without --force.",
  },
  "write/output-clash": {
    severity: "error",
    message: "{source} and {other} would both become {output}.",
    hint: "Rename one of the two: outputs take the name of their source without its ending, and some disks do not tell upper from lower case.",
    explanation:
      "Two sources lead to the same output file, or to two names that differ in upper and lower case only, which is one file on macOS and Windows.",
  },
  "write/outside-root": {
    severity: "error",
    message: "{path} leads out of the project, to {target}.",
    hint: "Choose an output folder inside the project root, or replace the symbolic link by a folder.",
    explanation:
      "An output would be written through a symbolic link to a place outside the project root. schemacast writes inside the root only.",
  },
  "write/refused": {
    severity: "error",
    message: "{path} could not be written: {problem}.",
    hint: "{advice}",
    explanation:
      "The operating system refused to create, replace or remove a file. Nothing of this run was written, unless the message says otherwise.",
  },
  "write/unreadable": {
    severity: "error",
    message: "{path} could not be read: {problem}.",
    hint: "{advice}",
    explanation: "The operating system refused to open a schema, a configuration or a generated file. Nothing of this run was written.",
  },
  "write/unwatched": {
    severity: "error",
    message: "Changes of {path} are not seen: {problem}.",
    hint: "{advice}",
    explanation:
      "`schemacast watch`, or Vite's dev server with the plugin, asked the operating system to tell of changes, and it refused. What is told of is generated as before; after changes elsewhere run `schemacast generate`.",
  },
  "write/locked": {
    severity: "error",
    message: "Another schemacast run has been working in {folder} for {seconds} s (process {process} on {host}).",
    hint: "Wait for it, or stop it. If there is no such process any more, remove {folder}/{lock}.",
    explanation:
      "Two runs must not write into one output folder at the same time. A lock that a killed run left is noticed and taken over where that can be told.",
  },
  "write/manifest-unreadable": {
    severity: "warning",
    message: "This file is not a manifest of schemacast (any more), so everything is generated anew.",
    hint: "Nothing to do: the run writes a new one. After a merge conflict in it, take either side and run `schemacast generate`.",
    explanation:
      "The record of what was generated from what is broken or has another format. Without it, outputs that carry schemacast's header are taken as its own and may be overwritten.",
  },
  "write/line-ends": {
    severity: "warning",
    message: "The line ends of {count} generated file(s) were changed to CRLF, this one first.",
    hint: "Add the line `{folder}/** text eol=lf` to .gitattributes, then run `npx schemacast generate --force`.",
    explanation:
      "Outputs are written with LF. Git's autocrlf changes them at checkout, and some editors when they save; they still count as up to date, but every regeneration shows up as a whole-file change.",
  },
  "write/stale": {
    severity: "error",
    message: "{output} is out of date: {reason}.",
    hint: "Run `npx schemacast generate` and commit {folder}/.",
    explanation: "`schemacast check` found an output that no longer fits what it is made from.",
  },
  "write/missing": {
    severity: "error",
    message: "{source} has not been generated: {output} is missing.",
    hint: "Run `npx schemacast generate` and commit {folder}/.",
    explanation: "`schemacast check` found a schema without its output.",
  },
  "write/no-schemas": {
    severity: "error",
    message: "There is nothing to check: no .json or .ts file in {folders}.",
    hint: "{advice}",
    explanation:
      "`schemacast check` found no schema in any input folder. It guards nothing then, most often because it runs in the wrong folder or a folder was renamed. For `generate` this is no error.",
  },
  "write/orphan": {
    severity: "error",
    message: "Nothing leads to this generated file any more: its source is gone, or becomes something else now.",
    hint: "Run `npx schemacast generate`, which removes it.",
    explanation:
      "`schemacast check` found an output with schemacast's header to which no source leads: the schema was removed or renamed, or another `target`, another name or no mock is asked for.",
  },
  "write/only-referenced": {
    severity: "info",
    message: "No extractor is made of this file: it is a part of {referrers}.",
    hint: 'To extract it by itself too, put `"x-extract": {}` at its root, or set `referenced: "extract"` in the configuration.',
    explanation:
      "A JSON Schema file that other schemas of the job refer to, and that refers to none of them, describes a part of theirs. Files that refer to each other in a circle stay sources.",
  },
  "write/commonjs": {
    severity: "warning",
    message: 'The JavaScript in {folder}/ is ES modules, but {file} says `"type": "commonjs"`: Node will refuse to load it.',
    hint: 'Set `"type": "module"` there, or put a package.json with nothing but `{ "type": "module" }` into {folder}/, where it is left alone.',
    explanation:
      'With `target: "js"` the outputs are `.js` files with import and export. How Node reads a `.js` file is decided by the `type` of the nearest package.json.',
  },
  "write/next-imports": {
    severity: "warning",
    message: "{file} has Next.js, which does not find `./user.codec.js` where the file is user.codec.ts, as {folder}/ imports it.",
    hint: 'Set `importExtension: "none"` in the configuration; or `"js"`, if your bundler is told to look for `.ts`.',
    explanation:
      "TypeScript finds `user.codec.ts` by the name that it has once compiled, `./user.codec.js`; so do most bundlers. Turbopack does not, nor does webpack as Next.js sets it up. Of TypeScript sources the ending follows the tsconfig.json; files made from JSON Schema have `.js` unless the configuration says otherwise.",
  },
} as const satisfies MessageTable;
