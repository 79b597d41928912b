/** What in schemacast let a schema through that the API refused. */
export interface ProfileEntry {
  /** Place in the provider profile (`src/profiles/cerebras.ts`): `switches.arrayLengths`, `limits.depth`, `root`. */
  readonly entry: string;
  /** The rule of the lowering that goes by it (docs/lowering.md): `constraint-to-description`. */
  readonly rule: string;
}

/** Keywords as the API names them, with the entry that says whether they are sent. A test holds that the profile has each entry. */
const byKeyword: readonly (readonly [keywords: string, entry: string, rule: string])[] = [
  ["minItems maxItems uniqueItems contains minContains maxContains", "switches.arrayLengths", "constraint-to-description"],
  ["minLength maxLength", "switches.stringLengths", "constraint-to-description"],
  ["minimum maximum exclusiveMinimum exclusiveMaximum multipleOf", "switches.numericBounds", "constraint-to-description"],
  ["format", "switches.format", "constraint-to-description"],
  ["pattern", "switches.pattern", "constraint-to-description"],
  ["const", "switches.const", "const-to-enum"],
  ["oneOf", "switches.oneOf", "one-of-to-any-of"],
  ["allOf", "switches.allOf", "merge-all-of"],
  ["prefixItems", "switches.closedTuples", "tuple-to-object"],
  ["title default examples $schema $id $comment deprecated readOnly writeOnly", "switches.annotations", "drop-annotation"],
  ["required", "switches.optionalProperties", "optional"],
  ["definitions $ref", "refForm", "inline-ref-siblings"],
  ["additionalProperties", "closedObjects", "close-objects"],
  ["not if then else dependentSchemas dependentRequired", "keywords", "drop-conditional"],
  ["patternProperties propertyNames", "switches.maps", "map-to-entries"],
];

/**
 * Messages that say it in a sentence (cerebras/wire/errors-http-bodies.txt). Before the keywords: what such a sentence puts in quotes is
 * mostly advice. For recursion and limits no wording is on record; these are the words that any would have.
 */
const bySentence: readonly (readonly [message: RegExp, entry: string, rule: string])[] = [
  [/^Lists of types are not supported/i, "switches.typeArrays", "type-array-to-any-of"],
  [/'?additionalProperties'? (is required|must be)/i, "closedObjects", "close-objects"],
  [/^Object fields require at least one of/i, "switches.emptyObjects", "close-objects"],
  [/^Array fields require at least one of/i, "keywords", "tuple-to-object"],
  [/dict_keys\(\[\]\)/, "switches.any", "any-to-json-text"],
  [/^Extra top level keys/i, "root", "root-wrap"],
  [/'definitions' is not supported/i, "refForm", "inline-ref-siblings"],
  [/recursi|circular|cycle/i, "switches.recursion", "fall-back-to-guided"],
  [/(levels|depth) of nesting|nesting (depth|level)|nested too deep/i, "limits.depth", "fit-limits"],
  [/(limit|exceed|too many|at most|maximum).*anyOf|anyOf.*(limit|exceed|too many|at most|maximum)/i, "limits.anyOfBranches", "fit-limits"],
  [/(limit|exceed|too many|too long|at most).*one enum/i, "limits.enumCharacters", "fit-limits"],
  [/(limit|exceed|too many|at most|maximum).*enum/i, "limits.enumValues", "fit-limits"],
  [/(limit|exceed|too many|at most|maximum).*\bproperties/i, "limits.properties", "fit-limits"],
  [/(limit|exceed|too long|too large|at most|maximum).*(characters|length|size)/i, "limits.characters", "fit-limits"],
];

/** Names in quotes that are keyword values, or stand in the frame of a message: `types ['array']`. */
const frame = /^(array|string|object|number|integer|boolean|null|strict|true|false)$/;

/** Schema keywords that a refusal names in quotes. */
export function keywordsIn(message: string): readonly string[] {
  return [...message.matchAll(/'([\w$]+)'/g)].map((match) => match[1] ?? "").filter((word) => !frame.test(word));
}

/** The profile entries that a refusal shows to be wrong; empty where its words are not known. */
export function profileEntries(message: string): readonly ProfileEntry[] {
  const sentence = bySentence.find(([pattern]) => pattern.test(message));
  if (sentence !== undefined) return [{ entry: sentence[1], rule: sentence[2] }];
  const named = keywordsIn(message).flatMap((keyword) => byKeyword.filter(([keywords]) => keywords.split(" ").includes(keyword)));
  return [...new Set(named)].map(([, entry, rule]) => ({ entry, rule }));
}

/** What a project can do until the profile is mended, as a sentence; empty where its configuration can't say it. */
export function remedy(entries: readonly ProfileEntry[]): string {
  const switches = entries.flatMap(({ entry }) => (entry.startsWith("switches.") ? [`${entry.slice("switches.".length)}: false`] : []));
  if (switches.length === 0) return "";
  return ` Until that is mended, set profile: { extends: "cerebras", switches: { ${switches.join(", ")} } } in schemacast.config.ts and generate again.`;
}
