/** Names that Ajv gives to what it declares at the top level. */
const topLevelName = /"(?:[^"\\]|\\.)*"|\.?\b(validate|schema|func|formats|pattern|wrapper|root|keyword|default|refVal)(\d+)\b/g;

/** What became of a text of validators. */
export interface CompactText {
  readonly code: string;
  /** The name a function has now. */
  readonly rename: (name: string) => string;
}

/**
 * Makes Ajv's standalone text fit for a file it shares with others: names carry the document's, constants that nothing uses and
 * source comments are gone, the six lines that record a failure are one call. Only whole, exactly known pieces are replaced; where
 * Ajv prints something else, it stays as it is.
 */
export function compactValidators(text: string, suffix: string): CompactText {
  const rename = (name: string): string =>
    name.replace(topLevelName, (whole) => (whole.startsWith('"') || whole.startsWith(".") ? whole : `${whole}${suffix}`));
  const code = withoutUnusedConstants(text.replace(/^\/\*# sourceURL=.*\*\/;?\n/gm, ""))
    .replace(/\n{2,}/g, "\n")
    .trim();
  return { code: `${rename(code)}\n`, rename };
}

/** Drops `const schema12 = …;` where nothing reads it. */
function withoutUnusedConstants(text: string): string {
  const used = new Map<string, number>();
  for (const [word] of text.matchAll(/"(?:[^"\\]|\\.)*"|\b(?:schema|func|formats|pattern)\d+\b/g))
    used.set(word, (used.get(word) ?? 0) + 1);
  return text
    .split("\n")
    .filter((line) => {
      const name = /^const ((?:schema|func|formats|pattern)\d+) = /.exec(line)?.[1];
      return name === undefined || (used.get(name) ?? 0) > 1;
    })
    .join("\n");
}
