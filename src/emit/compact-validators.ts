import type { PrintedValidators } from "./print-by-ajv.js";

/** What became of a text of validators. */
export interface CompactText {
  readonly code: string;
  /** Function names by `$id`, as they are now. */
  readonly names: ReadonlyMap<string, string>;
}

/** Names that Ajv gives to what it declares at the top level. Strings and members are matched to be passed over. */
const topLevelName = /"(?:[^"\\]|\\.)*"|\.?\b(?:validate|schema|values|func|formats|pattern|wrapper|root|keyword|default|refVal)\d+\b/g;
const mayHoldTopLevelName = /(?:validate|schema|values|func|formats|pattern|wrapper|root|keyword|default|refVal)\d/;

/**
 * Makes Ajv's standalone text fit for a file it shares with others: names carry the document's, and what does nothing is gone. Only
 * lines known to the letter are replaced; where Ajv prints something else, it stays as it is.
 */
export function compactValidators({ lines, names }: PrintedValidators, suffix: string): CompactText {
  const rename = (name: string): string =>
    name.replace(topLevelName, (whole) => (whole.startsWith('"') || whole.startsWith(".") ? whole : whole + suffix));
  const short = withoutEmpty(
    withFailuresOnALine(
      withoutParents(
        withoutUnusedResults(
          withoutWholeSchemas(withoutWrappers(withoutRepetitions(lines)))
            .map(withSafeMark)
            .map(withOwnKeys),
        ),
      ),
    ),
  );
  const kept = withoutUnusedConstants(short);
  const code = kept.map((line) => (mayHoldTopLevelName.test(line) ? rename(line) : line)).join("\n");
  return { code: `${code.trim()}\n`, names: new Map(Array.from(names, ([id, one]) => [id, rename(one)])) };
}

/**
 * Which keys have been evaluated is not known where a reference failed, or is `true` for all: Ajv's `patternProperties` throws on both
 * when all errors are asked for.
 */
function withSafeMark(line: string): string {
  if (!line.startsWith("props")) return line;
  return line.replace(/^(props\d+)\[(key\d+)\] = true;$/, "if($1 !== true)($1 ??= {})[$2] = true;");
}

/** In an object literal a plain `"__proto__":` sets the prototype. Inside a string its last quotation mark would be escaped. */
function withOwnKeys(line: string): string {
  return line.includes("__proto__") ? line.replaceAll('"__proto__":', '["__proto__"]:') : line;
}

const functionHead = /^function (validate\d+)\(/;

/** Ajv prints a function again for each export that is also reached through a wrapper; in a module a second declaration is an error. */
function withoutRepetitions(lines: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const name = line.startsWith("function ") ? functionHead.exec(line)?.[1] : undefined;
    const end = name !== undefined && seen.has(name) ? lines.indexOf("return errors === 0;", index) : -1;
    // The bracket that closes the function is the next line.
    if (end >= 0) index = end + 1;
    else kept.push(line);
    if (name !== undefined) seen.add(name);
  }
  return kept;
}

/** Functions that were not yet compiled when they were referred to are called through an object; by now they have their names. */
function withoutWrappers(lines: readonly string[]): readonly string[] {
  const targets = new Map<string, string>();
  const rest = lines.filter((line) => {
    const [, wrapper, target] =
      (line.startsWith("const wrapper") && /^const (wrapper\d+) = \{validate: (validate\d+)\};$/.exec(line)) || [];
    if (wrapper === undefined || target === undefined) return true;
    targets.set(wrapper, target);
    return false;
  });
  if (targets.size === 0) return rest;
  const direct = (whole: string, wrapper: string | undefined): string =>
    wrapper === undefined || whole.startsWith(".") ? whole : (targets.get(wrapper) ?? whole);
  return rest.map((line) => (line.includes("wrapper") ? line.replace(/"(?:[^"\\]|\\.)*"|\.?\b(wrapper\d+)\.validate\b/g, direct) : line));
}

const mayReadSchema = /\bschema\d/;
const wholeSchema = /^const (schema\d+) = (\{.*\});$/;
const schemaMember = /"(?:[^"\\]|\\.)*"|\b(schema\d+)((?:\.[A-Za-z_$][\w$]*|\["(?:[^"\\]|\\.)*"\]|\[\d+\])+)/g;
const pathStep = /\.([A-Za-z_$][\w$]*)|\[("(?:[^"\\]|\\.)*"|\d+)\]/g;

/** Ajv keeps whole schemas and reads an enum or a list of types from them: those alone stay, each once. */
function withoutWholeSchemas(lines: readonly string[]): readonly string[] {
  const schemas = new Map<string, unknown>();
  for (const line of lines) {
    const [, name, text] = (line.startsWith("const schema") && wholeSchema.exec(line)) || [];
    if (name !== undefined && text !== undefined) schemas.set(name, parsed(text));
  }
  if (schemas.size === 0) return lines;
  const constants = new Map<string, string>();
  const shorter = lines.map((line) =>
    mayReadSchema.test(line)
      ? line.replace(schemaMember, (whole: string, name: string | undefined, path: string) => {
          const value = name === undefined ? undefined : memberAt(schemas.get(name), path);
          if (value === undefined) return whole;
          const text = JSON.stringify(value);
          if (typeof value !== "object" || value === null) return text;
          const known = constants.get(text) ?? `values${constants.size}`;
          constants.set(text, known);
          return known;
        })
      : line,
  );
  return [...Array.from(constants, ([text, name]) => `const ${name} = ${text};`), ...shorter];
}

/** @returns nothing where it is not JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `.properties.status.enum` of a schema; nothing where the path leads on into what JSON has not, such as a length. */
function memberAt(schema: unknown, path: string): unknown {
  let value = schema;
  for (const [, name, quoted] of path.matchAll(pathStep)) {
    if (typeof value !== "object" || value === null) return undefined;
    const key = name ?? String(JSON.parse(quoted ?? '""'));
    if ((Array.isArray(value) && key === "length") || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** Drops what one function notes and never reads: `var valid0 = _errs1 === errors;`, `const _errs1 = errors;`, `const vSchema0 = values0;`. */
function withoutUnusedResults(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start + 1;
    while (end < lines.length && !functionHead.test(lines[end] ?? "")) end += 1;
    keepRead(lines.slice(start, end), kept);
    start = end;
  }
  return kept;
}

const mayBeCounted = /^const (?:_errs|vSchema)\d/;
const mayRead = /valid|_errs|vSchema/;

/** @param kept what is read of one function is added to it */
function keepRead(lines: readonly string[], kept: string[]): void {
  const read = new Set<string>();
  const noted = lines.map((line) => (line.startsWith("var valid") ? /^var (valid\d+) = (_errs\d+) === errors;$/.exec(line) : null));
  const counted = lines.map((line) => (mayBeCounted.test(line) ? /^const (\w+) = (?:errors|values\d+);$/.exec(line)?.[1] : undefined));
  for (const [index, line] of lines.entries()) {
    if (noted[index] || counted[index] !== undefined || !mayRead.test(line)) continue;
    for (const word of line.match(/\b(?:_?valid|_errs|vSchema)\d+\b/g) ?? []) read.add(word);
  }
  const isNoted = noted.map((note) => note === null || read.has(note[1] ?? ""));
  for (const [index, note] of noted.entries()) if (note !== null && isNoted[index]) read.add(note[2] ?? "");
  for (const [index, line] of lines.entries()) {
    const count = counted[index];
    if (isNoted[index] && (count === undefined || read.has(count))) kept.push(line);
  }
}

/** Only `$data` and user-defined keywords, of which there are none here, look at where a value stands. */
function withoutParents(lines: readonly string[]): readonly string[] {
  let isLeft = false;
  const shorter = lines.map((line) => {
    if (!line.includes("parentData") && !line.includes("rootData")) return line;
    const text = line
      .replace(/^(function validate\d+\(data, \{instancePath=""), parentData, parentDataProperty, rootData=data\}=\{\}\)\{$/, "$1}={}){")
      .replace(/, \{instancePath,parentData,parentDataProperty,rootData\}\)/g, ", {instancePath})")
      .replace(/, \{(instancePath:.*),parentData:\w+,parentDataProperty:(?:"(?:[^"\\]|\\.)*"|\w+),rootData\}\)/g, ", {$1})");
    isLeft ||= /\b(?:parentData|rootData)\b/.test(text);
    return text;
  });
  return isLeft ? lines : shorter;
}

/** Six of the seven lines that record a failure go. */
function withFailuresOnALine(printed: readonly string[]): readonly string[] {
  const lines = printed.some(isOpenFailure) ? withFailuresJoined(printed) : printed;
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const failure = line.startsWith("const err") ? /^const (err\d+) = (\{.*\});$/.exec(line) : null;
    if (failure !== null && isFailure(lines, index + 1, failure[1] ?? "")) {
      kept.push(`(vErrors ??= []).push(${failure[2] ?? ""});`);
      index += 6;
    } else kept.push(line);
  }
  return kept;
}

/** Of all failures only that of `dependencies` is printed over several lines. */
function isOpenFailure(line: string): boolean {
  return line.startsWith("const err") && line.endsWith(",") && /^const err\d+ = \{/.test(line);
}

function withFailuresJoined(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    if (isOpen) kept.push(`${kept.pop() ?? ""} ${line.trim()}`);
    else kept.push(line);
    isOpen = isOpen ? !line.endsWith("};") : isOpenFailure(line);
  }
  return kept;
}

function isFailure(lines: readonly string[], at: number, name: string): boolean {
  return (
    lines[at] === "if(vErrors === null){" &&
    lines[at + 1] === `vErrors = [${name}];` &&
    lines[at + 2] === "}" &&
    lines[at + 3] === "else {" &&
    lines[at + 4] === `vErrors.push(${name});` &&
    lines[at + 5] === "}"
  );
}

/** Without remarks on the source, blank lines, and branches in which nothing happens. */
function withoutEmpty(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const line of lines) {
    if (line === "" || (line.startsWith("/*# sourceURL=") && /\*\/;?$/.test(line))) continue;
    if (line === "}" && kept.at(-1) === "else {") kept.pop();
    else kept.push(line);
  }
  return kept;
}

/** Drops `const schema12 = …;` where nothing reads it. */
function withoutUnusedConstants(lines: readonly string[]): readonly string[] {
  const used = new Map<string, number>();
  for (const line of lines) {
    if (!mayHoldTopLevelName.test(line)) continue;
    for (const word of line.match(/"(?:[^"\\]|\\.)*"|\.\w+|\b(?:schema|func|formats|pattern)\d+\b/g) ?? []) {
      used.set(word, (used.get(word) ?? 0) + 1);
    }
  }
  return lines.filter((line) => {
    const name = line.startsWith("const ") ? /^const ((?:schema|func|formats|pattern)\d+) = /.exec(line)?.[1] : undefined;
    return name === undefined || (used.get(name) ?? 0) > 1;
  });
}
