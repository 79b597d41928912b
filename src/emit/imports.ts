import type { Form } from "./forms.js";
import { quote } from "./text.js";

/** One import of a generated file, as a value: nobody concatenates import lines. */
export interface ImportedNames {
  readonly from: string;
  /** `import * as <namespace>`. */
  readonly namespace?: string;
  /** The namespace is used in types too, so declarations import it. */
  readonly inTypes?: boolean;
  /** `import { … }`, sorted on printing. */
  readonly names?: readonly string[];
  /** `import type { exported as local }`. */
  readonly types?: readonly { readonly exported: string; readonly local: string }[];
}

/** Import lines in the given order, each once; what a form has no use for is left out. */
export function importLines(imports: readonly ImportedNames[], form: Form): string {
  return [...new Set(imports.map((each) => importLine(each, form)))].join("");
}

function importLine({ from, namespace, inTypes = false, names = [], types = [] }: ImportedNames, form: Form): string {
  const lines: string[] = [];
  if (namespace !== undefined && form !== "d.ts") lines.push(`import * as ${namespace} from ${quote(from)};\n`);
  if (namespace !== undefined && form === "d.ts" && inTypes) lines.push(`import type * as ${namespace} from ${quote(from)};\n`);
  if (names.length > 0 && form !== "d.ts") lines.push(namedImport("import", sorted(names), from));
  if (types.length > 0 && form !== "js") {
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
