/** A pattern that `new RegExp(pattern, "u")` reads, or why there is none. */
export type PatternText = { readonly pattern: string } | { readonly problem: string };

/**
 * Reads a schema's pattern as JSON Schema wants it (ECMA-262, with the `u` flag). Patterns written for looser engines escape characters
 * that need no escape (`\-`, `\_`), or leave `]`, `{`, `}` and class ranges such as `[\w-.]` bare; without the flag JavaScript reads
 * them all the same, so they are rewritten to mean that under it.
 */
export function readPattern(pattern: string): PatternText {
  const problem = problemOf(pattern, "u");
  if (problem === undefined) return { pattern };
  const loose = problemOf(pattern, "");
  if (loose !== undefined) return { problem: loose };
  const rewritten = rewrite(pattern);
  return problemOf(rewritten, "u") === undefined ? { pattern: rewritten } : { problem };
}

function problemOf(pattern: string, flags: string): string | undefined {
  try {
    // Compiled with its first use: some turn out to be too large only then.
    new RegExp(pattern, flags).test("");
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.slice(message.lastIndexOf(": ") + 2).toLowerCase();
  }
}

/** Escapes that mean something under the flag; everything else behind a backslash is the character itself. */
const meaningful = /^(?:[dDwWsSbBfnrtv0^$\\.*+?()[\]{}|/]|c[A-Za-z]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|k<|[1-9])/;

function rewrite(pattern: string): string {
  let out = "";
  let inClass = false;
  let at = 0;
  while (at < pattern.length) {
    const rest = pattern.slice(at);
    const character = rest.charAt(0);
    if (character === "\\") {
      const [text, length] = rewriteEscape(rest, inClass);
      out += text;
      at += length;
      continue;
    }
    if (inClass) {
      const bareRange = character === "-" && (/\\[dDwWsS]$/.test(out) || /^-\\[dDwWsS]/.test(rest));
      out += bareRange ? "\\-" : character;
      if (character === "]") inClass = false;
    } else {
      const quantifier = character === "{" ? /^\{\d+(?:,\d*)?\}/.exec(rest)?.[0] : undefined;
      if (character === "[") inClass = true;
      if (quantifier !== undefined) {
        out += quantifier;
        at += quantifier.length;
        continue;
      }
      out += "{}]".includes(character) ? `\\${character}` : character;
    }
    at += 1;
  }
  return out;
}

/** The escape at the beginning of a text, rewritten, and how many characters it took. */
function rewriteEscape(rest: string, inClass: boolean): readonly [string, number] {
  const octal = /^\\0[0-7]+|^\\[1-7][0-7]*/.exec(rest)?.[0];
  if (octal !== undefined && inClass) return [`\\x${Number.parseInt(octal.slice(1), 8).toString(16).padStart(2, "0")}`, octal.length];
  const known = meaningful.exec(rest.slice(1))?.[0];
  if (known !== undefined && !(inClass && known === "B")) return [`\\${known}`, known.length + 1];
  const character = rest.charAt(1);
  return [character === "-" && inClass ? "\\-" : character, 2];
}
