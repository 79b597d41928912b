import type { MessageTable } from "./message-table.js";

/** What the TypeScript reader reports. */
export const readTypeScriptMessages = {
  "read/ts-missing-file": {
    severity: "error",
    message: "There is no file {file}.",
    hint: "Correct the path, or remove it from the sources.",
    explanation: "A TypeScript source was named that can't be read.",
  },
  "read/ts-declaration-file": {
    severity: "error",
    message: "{file} is a declaration file, which is never a source.",
    hint: "Name the .ts file it was made from, or re-export its types from a .ts file of your own.",
    explanation:
      'A `.d.ts` file is output of a compiler. Types in it can be reached from a `.ts` source: `export type { User } from "./user.d.ts"`.',
  },
  "read/ts-syntax": {
    severity: "error",
    message: "This is not TypeScript: {problem}.",
    hint: "Correct the text at the mark; nothing is generated until it parses.",
    explanation: "The compiler could not parse the source. The message is its own.",
  },
  "read/ts-type-error": {
    severity: "error",
    message: "{problem}.",
    hint: "Correct the type at the mark; `tsc` reports the same.",
    explanation:
      "The compiler found a type error in a declaration of the source. The message is its own. Errors in other statements of the file are left to `tsc`.",
  },
  "read/ts-unknown-name": {
    severity: "error",
    message: "{problem}.",
    hint: 'Correct the name or import it; if it is declared globally, lead there from this file: `import "./globals.js"`, or `/// <reference path="./globals.d.ts" />` at its top.',
    explanation:
      "A declaration of the source names what no import or reference of the file leads to. A global declaration elsewhere in the project counts for `tsc`, which compiles all files together; a source is read with what it reaches, so that its result does not depend on other files.",
  },
  "read/ts-import": {
    severity: "error",
    message: "{problem}.",
    hint: "Check the path, and the `paths` and `moduleResolution` of the nearest tsconfig.json; is the package installed?",
    explanation: "An import of the source leads nowhere, so the types it should bring are not known.",
  },
  "read/ts-unresolved-type": {
    severity: "error",
    message: "The type {type} could not be resolved{from}.",
    hint: "Is it imported, and does its file compile? `tsc` shows the cause, unless it is declared globally in a file that the source does not lead to: import that file in the source.",
    explanation: "A type that the source reaches is an error in the eyes of the compiler; its cause stands in another file.",
  },
  "read/ts-config": {
    severity: "error",
    message: "The nearest tsconfig.json can't be read: {problem}",
    hint: "Correct the tsconfig.json; it decides where imports lead.",
    explanation: "The tsconfig.json a source lives under, or one it extends, is faulty.",
  },
  "read/ts-not-exported": {
    severity: "error",
    message: "{name} is tagged @extract but not exported.",
    hint: "Export it: the generated code imports the type from here.",
    explanation: "Generated functions are typed by the user's own type, so it has to be importable.",
  },
  "read/ts-nothing-exported": {
    severity: "warning",
    message: "This file exports no type of its own, so nothing is extracted from it: {names}.",
    hint: "Write `export` before the types to extract; for one in a namespace, export an alias: `export type Cart = Shop.Cart`.",
    explanation:
      "Generated functions are typed by the user's own types, so these have to be importable by name. A file in which no type is exported, or only from inside a namespace or `declare global`, gets no extractor.",
  },
  "read/ts-needs-tag": {
    severity: "info",
    message: "This file exports values ({name}), so only types tagged @extract get an extractor; none is tagged.",
    hint: "Put `@extract` into the JSDoc of each type that should get one.",
    explanation:
      "A file that exports functions or computed values is taken for a program, whose types are not all meant for extraction. Literal constants, enums and classes don't count.",
  },
  "read/ts-no-objects": {
    severity: "info",
    message: "No type that this file exports gets an extractor by itself: {types}.",
    hint: "Put `@extract` into the JSDoc of the type to extract. Of a generic one export an alias with arguments: `export type UserPage = Page<User>`.",
    explanation:
      "Objects, and unions of nothing else, get an extractor by themselves. Scalars, lists, enums, unions with null and the like are taken for parts of other types unless they are tagged.",
  },
  "read/ts-generic": {
    severity: "error",
    message: "{type} depends on a type parameter, so there is no single schema for it{from}.",
    hint: "Give the parameter an argument in an exported alias: `export type UserPage = Page<User>`.",
    explanation: "A schema describes a concrete type. Generic types are read where they are used with arguments.",
  },
  "read/ts-endless-type": {
    severity: "error",
    message: "{type} contains itself with ever new type arguments, so its schema would have no end{from}.",
    hint: "Let the inner reference use the same arguments as the outer one.",
    explanation: "`interface Loop<T> { next?: Loop<T[]> }` describes infinitely many types. Recursion with the same arguments is fine.",
  },
  "read/ts-too-large": {
    severity: "error",
    message: "{type} {excess}, which is more than is read.",
    hint: "Extract a smaller type that has only what you need: an interface of your own, or `Pick<{type}, …>` without the properties that lead on and on.",
    explanation:
      "Types of some packages refer to one another so much that one of them brings in all the others, in many forms. No model could work with such a schema, so reading stops at a fixed number of types: 10000 for each exported type, 500 in one another. Other errors of the same source may be hidden by this one.",
  },
  "read/ts-no-json": {
    severity: "error",
    message: "{type} has no JSON form{from}.",
    hint: 'Use a type that JSON can hold, or leave the property out of the extracted type: `Omit<T, "…">`.',
    explanation:
      "JSON knows strings, numbers, booleans, null, arrays and objects. `Date` is understood as a date-time string; `bigint`, `symbol`, `Map`, `Set`, functions and other classes of the runtime are not.",
  },
  "read/ts-function": {
    severity: "error",
    message: "The property {name} is a function, which JSON can't hold{from}.",
    hint: 'Leave it out of the extracted type: `Omit<T, "{name}">`, or make it optional and tag it `@skip`.',
    explanation: "An extracted value is parsed JSON; it can't carry a function.",
  },
  "read/ts-method": {
    severity: "error",
    message: "{name} is a method: an extracted value is plain data and has none{from}.",
    hint: 'Extract a type of its data: an interface, or `Omit<T, "{name}">`.',
    explanation:
      "Classes are read by their public data. An extraction returns parsed JSON, never an instance, so a type with methods would be a false promise.",
  },
  "read/ts-tuple-rest": {
    severity: "error",
    message: "JSON Schema can't describe what follows a tuple's rest element{from}.",
    hint: "Put the rest element last: `[head: string, ...tail: number[]]`.",
    explanation: "`[...string[], number]` fixes the last element of a list of any length, for which JSON Schema has no keyword.",
  },
  "read/ts-untyped": {
    severity: "warning",
    message: "{type} lets any JSON through; the model gets no guidance here{from}.",
    hint: "Write the type you expect. If any JSON is meant, this can stay.",
    explanation:
      "`unknown`, `any` and `object` say nothing about a value's shape, so nothing is checked, and the call can't be held to a schema at this place.",
  },
  "read/ts-tag-value": {
    severity: "error",
    message: "@{tag} can't be `{value}`: it takes {expected}.",
    hint: "Correct the tag's value.",
    explanation: "A JSDoc tag that schemacast reads has a value it can't use.",
  },
  "read/ts-tag-not-json": {
    severity: "warning",
    message: "@{tag} holds nothing that a value of this type could be; it is left out.",
    hint: 'Write the value as JSON, such as `{ "a": 1 }`. Code that shows how to use the type can stay out of the schema under `@remarks`.',
    explanation:
      "`@example` and `@default` go into the schema as values. A text is taken as it stands where the type is a string; anywhere else it has to be JSON.",
  },
  "read/ts-misspelt-tag": {
    severity: "warning",
    message: "@{tag} is no tag that schemacast reads; it is ignored.",
    hint: "Did you mean `@{near}`?",
    explanation:
      "A JSDoc tag differs by a letter, by upper and lower case, or as another tool's name for the same from one that is read, so the schema most likely says less than was meant. Other tags are left to other tools silently.",
  },
  "read/ts-tag-unused": {
    severity: "warning",
    message: "@{tag} has no effect here: it applies to {target}s only.",
    hint: "Remove the tag, or put it on the property or the type it is meant for.",
    explanation:
      "A tag stands where it can't apply, such as `@minimum` on a string, or `@open` on a property whose type is declared elsewhere: that type is closed or open wherever it is used.",
  },
} as const satisfies MessageTable;
