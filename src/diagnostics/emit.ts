import type { MessageTable } from "./message-table.js";

export const emitMessages = {
  "emit/too-deep": {
    severity: "error",
    message: "The schema is too deeply nested, or its definitions form too long a chain, for code to be made of it.",
    hint: "Split it: extract a part of it by itself, or flatten the chain of definitions.",
    explanation:
      "The engines that make types and validators follow a schema recursively and run out of stack at some hundred levels, references included.",
  },
  "emit/name-clash": {
    severity: "error",
    message: "The name {name} is taken: {first} and {second} would both export it.",
    hint: "Give one of them another name: {advice}.",
    explanation:
      "Two types of one source file lead to the same exported name, for example two types called User, or User and UserList (both have an extractUserList). `x-extract.name`, in JSDoc `@extract name=…`, gives another name.",
  },
  "emit/pattern-dropped": {
    severity: "warning",
    message: "JavaScript can't read the pattern {pattern}: {problem}. It is not checked.",
    hint: "Write it as a JavaScript regular expression. Everything else of the schema is still checked.",
    explanation:
      "The schema holds a regular expression of another language (an inline flag, an atomic group, a POSIX class…). No validator in JavaScript can judge by it, so it is left out; values it would refuse are accepted.",
  },
  "emit/format-unknown": {
    severity: "info",
    message: "The format {format} is not known and not checked.",
    hint: "Use a format of JSON Schema, or a `pattern` for what must be checked.",
    explanation: "A string has a `format` that JSON Schema does not define. It is an annotation only, as the standard says.",
  },
  "emit/default-invalid": {
    severity: "warning",
    message: "This default is not valid under the schema of its place: {problem}. It is not applied.",
    hint: "Write a default that the schema accepts, or remove it.",
    explanation:
      "A `default` would be refused by the schema it stands in, with the defaults inside it filled in. With `applyDefaults` it would turn a good answer into an invalid one, so it is left out; other defaults are applied. Nor is one applied that can't be matched against a `pattern` within moments: with nested quantifiers (`^(a+)+$`) that takes longer with each character, here and in the validator.",
  },
  "emit/check-not-found": {
    severity: "error",
    message: "The check {reference} can't be imported: {problem}.",
    hint: "Name a file below the project's root and one of its exports: `./order-checks.ts#totals`, relative to the schema's file (in the configuration: to the root).",
    explanation:
      "A check beyond the schema is named by the module that has it. The module becomes part of the program, so that only files of the project itself are taken.",
  },
  "emit/no-sample": {
    severity: "warning",
    message: "No valid sample of {name} was found, so its mock has no answer of its own.",
    hint: "Give the mock client answers: `mock{name}Client([{ … }])`.",
    explanation:
      "Mocks answer with values made from the schema. Rules that pull in several directions (a `pattern` with a `format`, `not`, `if`) are not solved; sixty attempts by chance met none that is valid.",
  },
} as const satisfies MessageTable;
