/**
 * How generated things are called. Each pattern holds `{Type}`, the type's name as the schema gives it, or `{type}`, the same with a
 * small letter first. The names that the model sees (tools, instructions) don't change.
 */
export interface Naming {
  /** Types of the schema: `{Type}Dto`. Default: `{Type}`. */
  readonly type?: string;
  /** Default: `extract{Type}`. */
  readonly extract?: string;
  /** Default: the pattern of `extract`, then `List`. */
  readonly extractList?: string;
  /** Default: `stream{Type}`. */
  readonly stream?: string;
  /** Default: the pattern of `stream`, then `List`. */
  readonly streamList?: string;
  /** Default: `is{Type}`. */
  readonly is?: string;
  /** Default: `parse{Type}`. */
  readonly parse?: string;
  /** How files are called: `keep`, as their source is; else its words in `kebab-case`, `camelCase`, `PascalCase`, `snake_case`. Default: `keep`. */
  readonly file?: FileCase;
}

export type FileCase = "keep" | "kebab" | "camel" | "pascal" | "snake";

/** The functions that one type exports. */
export interface FunctionNames {
  readonly extract: string;
  readonly extractList: string;
  readonly stream: string;
  readonly streamList: string;
  readonly is: string;
  readonly parse: string;
}

/** @param base the type's name before `naming.type` */
export function functionNames(base: string, naming: Naming = {}): FunctionNames {
  const { extract = "extract{Type}", stream = "stream{Type}", is = "is{Type}", parse = "parse{Type}" } = naming;
  const { extractList = `${extract}List`, streamList = `${stream}List` } = naming;
  return {
    extract: fillPattern(extract, base),
    extractList: fillPattern(extractList, base),
    stream: fillPattern(stream, base),
    streamList: fillPattern(streamList, base),
    is: fillPattern(is, base),
    parse: fillPattern(parse, base),
  };
}

/** `{Type}Dto` and `User` → `UserDto`. */
export function fillPattern(pattern: string, type: string): string {
  return pattern.replace(/\{([Tt])ype\}/g, (_, first: string) => (first === "T" ? type : camelCase(type)));
}

/** `User` → `user`, `URLInfo` → `urlInfo`, `ID` → `id`: an acronym at the start is one word. */
export function camelCase(type: string): string {
  return type.replace(/^[A-Z]+(?=[A-Z][a-z]|[^A-Za-z]|$)|^[A-Z]/, (start) => start.toLowerCase());
}

/** A file's name, without its ending, in a case; as it is where it has no words. */
export function fileNameIn(name: string, fileCase: FileCase): string {
  if (fileCase === "keep") return name;
  const words = name
    .replace(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
  if (words.length === 0) return name;
  if (fileCase === "kebab") return words.join("-");
  if (fileCase === "snake") return words.join("_");
  const pascal = words.map((word) => word.replace(/^./u, (first) => first.toUpperCase()));
  return fileCase === "pascal" ? pascal.join("") : [words[0], ...pascal.slice(1)].join("");
}
