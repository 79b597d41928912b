const maximumLines = 8;

/** The first lines that differ, `-` for what is there and `+` for what should be: enough to recognise a change, not to apply it. */
export function shortDiff(found: string, wanted: string): string {
  const before = found.split(/\r?\n/);
  const after = wanted.split("\n");
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  const lines = [`@@ line ${start + 1} @@`, ...shorten(removed, "-"), ...shorten(added, "+")];
  return lines.join("\n");
}

function shorten(lines: readonly string[], sign: "-" | "+"): readonly string[] {
  const shown = lines.slice(0, maximumLines).map((line) => `${sign} ${line.length > 120 ? `${line.slice(0, 119)}…` : line}`);
  return lines.length > maximumLines ? [...shown, `${sign} … ${lines.length - maximumLines} more`] : shown;
}
