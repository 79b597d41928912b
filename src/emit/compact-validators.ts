/** What became of a text of validators. */
export interface CompactText {
  readonly code: string;
  /** The name a function has now. */
  readonly rename: (name: string) => string;
}

/** Names that Ajv gives to what it declares at the top level. Strings and members are matched to be passed over. */
const topLevelName = /"(?:[^"\\]|\\.)*"|\.?\b(?:validate|schema|func|formats|pattern|wrapper|root|keyword|default|refVal)\d+\b/g;

/**
 * Makes Ajv's standalone text fit for a file it shares with others: names carry the document's, and what does nothing is gone. Only
 * pieces known to the letter are replaced (Ajv prints a statement a line); where Ajv prints something else, it stays as it is.
 */
export function compactValidators(text: string, suffix: string): CompactText {
  const rename = (name: string): string =>
    name.replace(topLevelName, (whole) => (whole.startsWith('"') || whole.startsWith(".") ? whole : whole + suffix));
  const functions = withoutWrappers(withoutRepetitions(text))
    .split(/^(?=function validate\d+\()/m)
    .map(withoutUnusedResults);
  const code = withoutUnusedConstants(shorten(functions.join("")));
  return { code: `${rename(code.trim())}\n`, rename };
}

/** Ajv prints a function again for each export that is also reached through a wrapper; in a module a second declaration is an error. */
function withoutRepetitions(text: string): string {
  const seen = new Set<string>();
  return text.replace(/^function (validate\d+)\([^]*?^return errors === 0;\n\}\n/gm, (whole, name: string) => {
    if (seen.has(name)) return "";
    seen.add(name);
    return whole;
  });
}

/** Functions that were not yet compiled when they were referred to are called through an object; by now they have their names. */
function withoutWrappers(text: string): string {
  const targets = new Map<string, string>();
  const rest = text.replace(/^const (wrapper\d+) = \{validate: (validate\d+)\};\n/gm, (_, wrapper: string, target: string) => {
    targets.set(wrapper, target);
    return "";
  });
  return rest.replace(/"(?:[^"\\]|\\.)*"|\.?\b(wrapper\d+)\.validate\b/g, (whole, wrapper: string | undefined) =>
    wrapper === undefined || whole.startsWith(".") ? whole : (targets.get(wrapper) ?? whole),
  );
}

function shorten(text: string): string {
  return (
    withoutParents(text)
      .replace(/^\/\*# sourceURL=.*\*\/;?\n/gm, "")
      // Six lines that record a failure.
      .replace(
        /^const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}$/gm,
        "(vErrors ??= []).push($2);",
      )
      .replace(/^else \{\n\}\n/gm, "")
      .replace(/\n{2,}/g, "\n")
  );
}

/** Only `$data` and user-defined keywords, of which there are none here, look at where a value stands. */
function withoutParents(text: string): string {
  const shorter = text
    .replace(/^(function validate\d+\(data, \{instancePath=""), parentData, parentDataProperty, rootData=data\}=\{\}\)\{$/gm, "$1}={}){")
    .replace(/, \{instancePath,parentData,parentDataProperty,rootData\}\)/g, ", {instancePath})")
    .replace(/, \{(instancePath:.*),parentData:\w+,parentDataProperty:(?:"(?:[^"\\]|\\.)*"|\w+),rootData\}\)/g, ", {$1})");
  return /\b(?:parentData|rootData)\b/.test(shorter) ? text : shorter;
}

/** Drops the results that one function notes and never reads: `var valid0 = _errs1 === errors;`, `const _errs1 = errors;`. */
function withoutUnusedResults(text: string): string {
  const reads = new Map<string, number>();
  const note = /^var (valid\d+) = (_errs\d+) === errors;$/;
  const count = /^const (_errs\d+) = errors;$/;
  const lines = text.split("\n");
  const add = (line: string): void => {
    for (const [word] of line.matchAll(/\b(?:_?valid|_errs)\d+\b/g)) reads.set(word, (reads.get(word) ?? 0) + 1);
  };
  for (const line of lines) if (!note.test(line) && !count.test(line)) add(line);
  const noted = lines.filter((line) => {
    const valid = note.exec(line)?.[1];
    const kept = valid === undefined || reads.has(valid);
    if (kept && valid !== undefined) add(line);
    return kept;
  });
  return noted
    .filter((line) => {
      const errors = count.exec(line)?.[1];
      return errors === undefined || reads.has(errors);
    })
    .join("\n");
}

/** Drops `const schema12 = …;` where nothing reads it. */
function withoutUnusedConstants(text: string): string {
  const used = new Map<string, number>();
  for (const [word] of text.matchAll(/"(?:[^"\\]|\\.)*"|\b(?:schema|func|formats|pattern)\d+\b/g)) {
    used.set(word, (used.get(word) ?? 0) + 1);
  }
  return text
    .split("\n")
    .filter((line) => {
      const name = /^const ((?:schema|func|formats|pattern)\d+) = /.exec(line)?.[1];
      return name === undefined || (used.get(name) ?? 0) > 1;
    })
    .join("\n");
}
