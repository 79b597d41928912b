import { readdirSync, readFileSync } from "node:fs";
import type { Diagnostic, SourcePosition } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";

/** The templates that ship with the package; this file lies equally deep in `src` and in `dist`. */
const ownFolder = new URL("../../templates/", import.meta.url);

/** Only makes the templates compile as they stand. */
const samples = "placeholders.ts";

/**
 * Holds a project's own templates against ours: which there are, and which placeholders each has to fill.
 *
 * @param config the file that names the folder
 */
export function checkTemplates(folder: string, texts: Readonly<Record<string, string>>, config: string): readonly Diagnostic[] {
  const known = readdirSync(ownFolder).filter((name) => name.endsWith(".ts") && name !== samples);
  const found: Diagnostic[] = [];
  for (const [name, text] of Object.entries(texts)) {
    if (name === samples || !name.endsWith(".ts")) continue;
    const file = `${folder}/${name}`;
    if (known.includes(name)) found.push(...checkPlaceholders(file, text, placeholdersOf(readFileSync(new URL(name, ownFolder), "utf8"))));
    else found.push(diagnostic("config/unknown-template", { file, line: 1, column: 1 }, { known: known.join(", ") }));
  }
  if (!known.some((name) => Object.hasOwn(texts, name)) && found.length === 0)
    found.push(diagnostic("config/no-template", { file: config, line: 1, column: 1 }, { folder: `${folder}/`, known: known.join(", ") }));
  return found;
}

function checkPlaceholders(file: string, text: string, wanted: ReadonlyMap<string, number>): readonly Diagnostic[] {
  const used = placeholdersOf(text);
  const names = [...wanted.keys()].map((name) => `$${name}$`).join(", ");
  const unknown = [...used].filter(([name]) => !wanted.has(name));
  const missing = [...wanted.keys()].filter((name) => !used.has(name));
  return [
    ...unknown.map(([name, offset]) =>
      diagnostic("config/unknown-placeholder", placeAt(file, text, offset, name.length + 2), { name: `$${name}$`, known: names }),
    ),
    ...missing.map((name) => diagnostic("config/missing-placeholder", { file, line: 1, column: 1 }, { name: `$${name}$` })),
  ];
}

/** Placeholders by their first offset. Imports are dropped when a template is filled, so those in them don't count. */
function placeholdersOf(template: string): ReadonlyMap<string, number> {
  const text = template.replace(/^import [^;]*;/gm, (line) => line.replaceAll("$", " "));
  const found = new Map<string, number>();
  for (const { 1: name = "", index } of text.matchAll(/\$([A-Za-z]+)\$/g)) if (!found.has(name)) found.set(name, index);
  return found;
}

function placeAt(file: string, text: string, offset: number, length: number): SourcePosition {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length };
}
