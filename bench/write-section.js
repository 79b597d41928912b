import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Puts a bench's figures into docs/benchmarks.md, between its own marks; the rest of the page stays.
 *
 * @param {string} name of the bench
 * @param {string} markdown
 */
export function writeSection(name, markdown) {
  const page = new URL("../docs/benchmarks.md", import.meta.url);
  const [start, end] = [`<!-- bench ${name}: start -->`, `<!-- bench ${name}: end -->`];
  const block = `${start}\n${markdown.trim()}\n${end}`;
  const text = existsSync(page)
    ? readFileSync(page, "utf8")
    : "# Benchmarks\n\nEach section is written by `npm run bench <name> -- --write`.\n";
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  const next = from < 0 || to < 0 ? `${text.trimEnd()}\n\n${block}\n` : text.slice(0, from) + block + text.slice(to + end.length);
  writeFileSync(page, next);
}
