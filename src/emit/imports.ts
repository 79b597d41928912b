import { quote } from "./text.js";

/** One import of a generated file, as a value: nobody concatenates import lines. */
export interface ImportedNames {
  readonly from: string;
  /** `import * as <namespace>`. */
  readonly namespace?: string;
  /** `import { … }`, sorted on printing. */
  readonly names?: readonly string[];
  /** `import type { exported as local }`. */
  readonly types?: readonly { readonly exported: string; readonly local: string }[];
}

/** Import lines in the given order, each once; modules that nothing is taken from are left out. */
export function importLines(imports: readonly ImportedNames[]): string {
  return [...new Set(imports.map(importLine))].join("");
}

function importLine({ from, namespace, names = [], types = [] }: ImportedNames): string {
  const lines: string[] = [];
  if (namespace !== undefined) lines.push(`import * as ${namespace} from ${quote(from)};\n`);
  if (names.length > 0) lines.push(namedImport("import", sorted(names), from));
  if (types.length > 0) {
    const texts = types.map(({ exported, local }) => (exported === local ? local : `${exported} as ${local}`));
    lines.push(namedImport("import type", sorted(texts), from));
  }
  return lines.join("");
}

/** On one line where that ends before column 100, else a name a line. */
function namedImport(keyword: string, names: readonly string[], from: string): string {
  const line = `${keyword} { ${names.join(", ")} } from ${quote(from)};\n`;
  return line.length <= 100 ? line : `${keyword} {\n${names.map((name) => `  ${name},\n`).join("")}} from ${quote(from)};\n`;
}

/** By code unit: the order must not depend on anybody's locale. */
function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
