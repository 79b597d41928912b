/** Why a regular expression cannot be used, in the engine's words; undefined when it can, with the `u` flag or without. */
export function patternFault(pattern: string): string | undefined {
  if (compiles(pattern, "u")) return undefined;
  try {
    return void new RegExp(pattern);
  } catch (error) {
    // The engine repeats the expression before its reason: "Invalid regular expression: /(/: Unterminated group".
    const message = error instanceof Error ? error.message : "it does not compile";
    return message.slice(message.lastIndexOf("/: ") + 1).replace(/^[: ]+/, "");
  }
}

function compiles(pattern: string, flags: string): boolean {
  try {
    return Boolean(new RegExp(pattern, flags));
  } catch {
    return false;
  }
}

/** What to write instead of a construct that other languages have and JSON Schema (ECMAScript) has not. */
export function patternAdvice(pattern: string): string {
  if (/\(\?[a-z]*i[a-z]*\)/.test(pattern))
    return "JSON Schema patterns are ECMAScript's, which has no `(?i)`: write both cases, as in [Aa].";
  if (pattern.includes("(?P<")) return "JSON Schema patterns are ECMAScript's: write (?<name>…) without the P.";
  if (/\\[AZz]/.test(pattern)) return "JSON Schema patterns are ECMAScript's: write ^ and $ for \\A and \\Z.";
  return "JSON Schema patterns are ECMAScript's regular expressions, without slashes around them.";
}
