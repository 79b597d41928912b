/** What was thrown, in words: it may be anything, also what can't be made a text. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return `a thing (${typeof thrown}) without a text`;
  }
}
