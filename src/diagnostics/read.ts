import type { MessageTable } from "./message-table.js";

export const readMessages = {
  "read/json-syntax": {
    severity: "error",
    message: "This is not JSON: {problem}.",
    hint: "Correct the text at the mark; nothing of this file is generated until it parses.",
    explanation: "The file is not well-formed JSON. Comments and trailing commas are let pass with a warning, everything else is an error.",
  },
  "read/yaml": {
    severity: "error",
    message: "This file is YAML, which is not read.",
    hint: "{advice}",
    explanation:
      "Schemas are read as JSON. A source, or a file that a reference leads to, has the ending of YAML and is no JSON; one that holds JSON is read whatever it is called.",
  },
  "read/json-comment": {
    severity: "warning",
    message: "The file holds comments, which JSON does not have.",
    hint: "Move the text into `description` or `$comment`, so that every other tool can read the file too.",
    explanation: "Comments are let pass, but other tools that read the same file will refuse it. Told once for each file.",
  },
  "read/json-trailing-comma": {
    severity: "warning",
    message: "A comma stands before a closing bracket, which JSON does not allow.",
    hint: "Remove the comma, so that every other tool can read the file too.",
    explanation: "Trailing commas are let pass, but other tools that read the same file will refuse it. Told once for each file.",
  },
  "read/json-duplicate-key": {
    severity: "warning",
    message: "The key `{key}` stands twice in the same object; the last one counts.",
    hint: "Remove or rename one of the two.",
    explanation: "JSON parsers keep the last of several members with the same key and drop the others silently.",
  },
  "read/not-utf-8": {
    severity: "warning",
    message: "The file holds the sign U+FFFD: most likely these bytes are no UTF-8, and the character that was meant is lost.",
    hint: "Save the file as UTF-8.",
    explanation:
      "Schemas are read as UTF-8. Where bytes are none, as in a file that an editor saved as Latin-1, the sign U+FFFD takes their place: in names, constants and descriptions. Told once for each file.",
  },
  "read/too-large": {
    severity: "error",
    message: "The file has more than {allowed} {unit}.",
    hint: 'Point schemacast at the part that is to be extracted, by a file of its own that holds { "$ref": "./this.json#/definitions/Name" }, or split the file.',
    explanation:
      "Bounds on size, depth and number of values keep a hostile or generated file from filling the memory or overflowing the stack. They lie far above the largest public schemas.",
  },
  "read/file-not-found": {
    severity: "error",
    message: "There is no file `{file}`.",
    hint: "Check the path; it is taken relative to the project root.",
    explanation: "A source named on the command line, or a file a reference leads to, does not exist or cannot be read.",
  },
  "read/dangling-link": {
    severity: "error",
    message: "`{file}` is a symbolic link that leads nowhere: there is no `{target}`.",
    hint: "Bring back what it leads to (a submodule, a package that is not installed?), or correct or remove the link.",
    explanation: "A source has the name of a symbolic link whose target does not exist.",
  },
  "read/not-a-schema": {
    severity: "error",
    message: "This file is JSON, but not a JSON Schema: {found}.",
    hint: "A schema is an object with keywords such as `type` and `properties`, or `true` or `false`. Leave other JSON files out of the input with the `exclude` setting.",
    explanation: "Nothing in the file's root is a keyword of JSON Schema: it looks like data, or like the settings of some other tool.",
  },
  "read/keyword-value": {
    severity: "error",
    message: "`{keyword}` must be {expected}, but is {found}.",
    hint: "{advice}",
    explanation: "A keyword of JSON Schema has a value that its draft does not allow, so that nobody can say what the schema means.",
  },
  "read/annotation-value": {
    severity: "warning",
    message: "`{keyword}` must be {expected}, but is {found}; it is left out.",
    hint: "{advice}",
    explanation: "An annotation has a value of the wrong type. It restricts nothing, so the schema is read without it.",
  },
  "read/keyword-of-later-draft": {
    severity: "warning",
    message: "`{keyword}` came with {since} and means nothing in {draft}, the draft of this schema.",
    hint: "Set `$schema` to https://json-schema.org/draft/2020-12/schema, or remove the keyword.",
    explanation: "Each draft ignores keywords it does not know. The keyword is ignored as the schema's own draft has it.",
  },
  "read/items-array": {
    severity: "warning",
    message: "`items` is an array, which 2020-12 calls `prefixItems`; it is read as that.",
    hint: "Rename `items` to `prefixItems`, and `additionalItems` to `items`.",
    explanation: "Up to 2019-09 an array under `items` described a tuple. In 2020-12 it is not allowed, but can mean nothing else.",
  },
  "read/nullable-refused": {
    severity: "warning",
    message: "`{name}` has no effect here: the `{keyword}` beside it does not allow null.",
    hint: "{advice}",
    explanation:
      '`nullable` of OpenAPI 3.0, and `x-nullable` of Swagger 2, add null to `type`. OpenAPI 3.0.3 made clear that `enum` and all else beside them restrict nullable schemas too; validators refuse null here. Without `type` beside it, `nullable` is read as "or null".',
  },
  "read/misspelt-keyword": {
    severity: "warning",
    message: "`{keyword}` is no keyword of JSON Schema; it is ignored.",
    hint: "Did you mean `{near}`? Give a keyword of your own a name that begins with `x-`.",
    explanation: "The name is close to a keyword's, so the schema most likely says less than was meant.",
  },
  "read/unknown-keyword": {
    severity: "info",
    message: "`{keyword}` is no keyword of JSON Schema; it is ignored.",
    hint: "Nothing needs to be done. A name that begins with `x-` is passed on silently.",
    explanation: "Foreign keywords carry meaning for other tools. They have no effect on types, validators or what the model sees.",
  },
  "read/unknown-setting": {
    severity: "warning",
    message: "`x-extract` has no setting `{setting}`; it is ignored.",
    hint: "{advice}",
    explanation: "`x-extract` holds schemacast's own settings. A name it does not know has no effect, and is most often misspelt.",
  },
  "read/setting-value": {
    severity: "warning",
    message: "`{setting}` must be {expected}, but is {found}; it is ignored.",
    hint: "Write {expected}.",
    explanation: "A setting of schemacast's own (`x-extract`, `x-stream`, `x-skip`, `x-revive`) has a value it does not take.",
  },
  "read/setting-at-root-only": {
    severity: "warning",
    message: "`x-extract.{setting}` counts at the root of a schema only; here it is ignored.",
    hint: "Move it to the `x-extract` at the root.",
    explanation:
      "The name, mode, instructions and checks belong to an extractor, and extractors are made for roots. `open`, `unroll` and `reasoning` may stand anywhere.",
  },
  "read/empty-enum": {
    severity: "warning",
    message: "`enum` is empty: no value is allowed here.",
    hint: "List the values that are allowed, or remove the keyword.",
    explanation: "An `enum` without values refuses everything, as `false` does. It is kept with that meaning.",
  },
  "read/contradicting-bounds": {
    severity: "warning",
    message: "`{low}` {least} and `{high}` {most} leave nothing between them: no {kind} is valid here.",
    hint: "Correct one of the two; most likely they were swapped.",
    explanation:
      "A lower bound lies above the upper one, in a schema, in schemas that hold together (`allOf`, beside `$ref`) or in JSDoc tags. Every value of that type is refused, so an answer that needs one is never valid.",
  },
  "read/empty-schema": {
    severity: "warning",
    message: "The schema allows any value: it has no keyword that says what is wanted.",
    hint: 'Describe the value, for example with `"type": "object"` and `properties`.',
    explanation: "A root of `true`, `{}` or nothing but annotations gives the model no shape to fill.",
  },
  "read/never": {
    severity: "warning",
    message: "The schema is `false`: no value is valid.",
    hint: "Describe the value that is to be extracted.",
    explanation: "Nothing can be extracted into a schema that refuses everything.",
  },
  "read/unknown-draft": {
    severity: "info",
    message: "`$schema` names no draft this reader knows: {uri}.",
    hint: "The keywords decide: this file is read as {draft}. Name a draft to be sure, for example https://json-schema.org/draft/2020-12/schema.",
    explanation: "Known are drafts 04, 06, 07, 2019-09 and 2020-12. For another `$schema` the draft is guessed from the keywords in use.",
  },
  "read/ref-not-found": {
    severity: "error",
    message: "The reference `{ref}` leads nowhere: {problem}.",
    hint: "{advice}",
    explanation: "A `$ref` names a place in this or another file that does not exist.",
  },
  "read/ref-not-a-schema": {
    severity: "error",
    message: "The reference `{ref}` leads to {found}, not to a schema.",
    hint: "Let it point at an object (or `true` or `false`).",
    explanation: "A `$ref` resolves, but what stands there is a string, a number, null or an array.",
  },
  "read/ref-siblings": {
    severity: "info",
    message: "`{keyword}` stands beside `$ref`, where {draft} ignores it; here it is applied, as Ajv does.",
    hint: "Set `$schema` to https://json-schema.org/draft/2020-12/schema, where both count, or put the reference into `allOf`.",
    explanation:
      "Up to draft 07 a `$ref` silences what stands beside it. Whoever writes both means both, and Ajv, whose verdict the validators keep, applies both.",
  },
  "read/ref-outside-root": {
    severity: "error",
    message: "The reference `{ref}` leads outside the project root.",
    hint: "Copy the file into the project, or run schemacast from a folder that holds both.",
    explanation: "References are followed inside the project root only, so that a schema cannot read other files of the machine.",
  },
  "read/ref-remote": {
    severity: "error",
    message: "The reference `{ref}` leads to {origin}, and remote references are off.",
    hint: "Copy that schema into the project and refer to the file, or allow this one origin with `--allow-remote {origin}`.",
    explanation:
      "Nothing is fetched from the network unless its origin is allowed by name. A copy that has the address as its `$id`, and lies to this file as the address lies to this file's `$id`, is taken by itself.",
  },
  "read/remote-failed": {
    severity: "error",
    message: "The remote schema {uri} cannot be used: {problem}.",
    hint: "{advice}",
    explanation:
      "A reference leads to an origin that is allowed, but its schema could not be fetched within the bounds on size and time, or is not the one that the lockfile names.",
  },
  "read/ref-loop": {
    severity: "error",
    message: "`{ref}` leads back to itself without any structure between: no value can be checked against it.",
    hint: "Put the recursion below `properties` or `items`, or remove the reference.",
    explanation:
      "A chain of `$ref`, `allOf`, `anyOf`, `oneOf`, `not` or `if` comes back to where it began at the same place of the value, so that validation would never end.",
  },
} as const satisfies MessageTable;
