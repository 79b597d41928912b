/** From the first UTF-16 unit to the one after the last. */
export type Span = readonly [start: number, end: number];

/**
 * Where each value of a JSON text stands, by its path as JSON (`["items",0,"name"]`); of equal keys the last counts. Of a string the
 * opening quotation mark is left out: it is written together with the key. The text must be JSON: `JSON.parse` has read it.
 */
export function jsonSpans(text: string): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const path: (string | number)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gsy;
  const starts: number[] = [];
  const next = (): { readonly found: string; readonly start: number } => {
    while (/\s/.test(text.charAt(token.lastIndex))) token.lastIndex++;
    const start = token.lastIndex;
    return { found: token.exec(text)?.[0] ?? "", start };
  };
  let key: string | undefined;
  for (let { found, start } = next(); found !== ""; { found, start } = next()) {
    const end = start + found.length;
    const isInObject = typeof path.at(-1) === "string";
    if (found === "{" || found === "[") {
      starts.push(start);
      path.push(found === "{" ? "" : 0);
      key = undefined;
    } else if (found === "}" || found === "]") {
      path.pop();
      spans.set(JSON.stringify(path), [starts.pop() ?? 0, end]);
    } else if (found === ",") {
      const last = path.at(-1);
      if (typeof last === "number") path[path.length - 1] = last + 1;
      key = undefined;
    } else if (found === ":") {
      path[path.length - 1] = key ?? "";
    } else if (isInObject && key === undefined) {
      // Parse boundary: a string of a JSON text.
      key = JSON.parse(found) as string;
    } else {
      spans.set(JSON.stringify(path), [found.length > 2 && found.startsWith('"') ? start + 1 : start, end]);
    }
  }
  return spans;
}
