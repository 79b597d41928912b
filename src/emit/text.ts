/** Source text that stands for itself inside a `literal()`: `new Expression("userTool.function.parameters")`. */
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Characters that show as nothing, reorder what a reader sees, or end a line: they go into source text only as escapes. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

const escapeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");

/** A string as a double-quoted TypeScript literal. Nothing in it can end the literal, hide, or change the direction of the line. */
export function quote(text: string): string {
  const quoted = JSON.stringify(text);
  return /[^ -~]/.test(quoted) ? quoted.replace(unseen, escapeUnits) : quoted;
}

/** Code that others have printed, whose literals hold such characters as they stand. */
export function escapeUnseen(code: string): string {
  return /[^ -~\n]/.test(code)
    ? code.replace(unseen, (character) => (/[\n\t]/.test(character) ? character : escapeUnits(character)))
    : code;
}

/** Reserved words, which are no identifiers although they look like some (ECMA-262, 12.7.2, strict mode and modules). */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static super switch " +
    "this throw true try typeof var void while with yield"
  ).split(" "),
);

/** Tells whether a text is an ASCII identifier that can be written without quotes as a name. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text) && !reservedWords.has(text);
}

/** A key of a type or an object literal. `__proto__` is computed, because in a literal the plain one sets the prototype. */
export function propertyKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** Any text as a PascalCase identifier: `order-line.v2` → `OrderLineV2`. The letters of all scripts are kept. Empty where nothing is left. */
export function identifier(text: string): string {
  const words = text
    .normalize("NFC")
    .split(/[^\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}]+/u)
    .filter((word) => word !== "");
  const joined = words.map((word) => word.replace(/^./u, (first) => first.toUpperCase())).join("");
  if (joined === "") return "";
  return /^[\p{L}\p{Nl}]/u.test(joined) ? joined : `_${joined}`;
}

/**
 * Text for the inside of a JSDoc comment, its lines separated by `\n`. It can't end the comment, hide, or act as a directive of
 * the compiler (`@ts-ignore` counts inside block comments too).
 */
export function jsDocText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/\*\//g, "*\\/")
    .replace(/\/\*/g, "/\\*")
    .replace(/@(?=ts-)/g, "\\@")
    .replace(unseen, (character) => (character === "\n" || character === "\t" ? character : escapeUnits(character)))
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/** A JSDoc comment of its own lines, each indented; nothing for an empty text. */
export function jsDoc(text: string, indent: number): string {
  const lines = jsDocText(text).split("\n");
  const margin = " ".repeat(indent);
  if (lines.length === 1 && lines[0] === "") return "";
  if (lines.length === 1) return `${margin}/** ${lines[0]} */\n`;
  return `${margin}/**\n${lines.map((line) => `${margin} *${line && " "}${line}\n`).join("")}${margin} */\n`;
}

const lineWidth = 100;

/**
 * A JSON value as a TypeScript expression: on one line where that ends before column 100, else a member a line.
 *
 * @param value JSON, in which any place may hold an `Expression`
 * @param indent spaces before the line the value begins on
 * @param column where on that line it begins, when that is further right than `indent`
 */
export function literal(value: unknown, indent: number, column: number = indent): string {
  const flat = flatLiteral(value, lineWidth - column);
  if (flat !== undefined || typeof value !== "object" || value === null || value instanceof Expression) return flat ?? scalar(value);
  const inner = indent + 2;
  const margin = " ".repeat(inner);
  const lines = Array.isArray(value)
    ? value.map((item: unknown) => `${margin}${literal(item, inner)},\n`)
    : Object.entries(value).map(([key, member]) => {
        const head = `${margin}${propertyKey(key)}: `;
        return `${head}${literal(member, inner, head.length)},\n`;
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${lines.join("")}${" ".repeat(indent)}${close}`;
}

function scalar(value: unknown): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return quote(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The value on one line, or undefined when it takes more than `room` characters. What is too long is seldom written out to see that. */
function flatLiteral(value: unknown, room: number): string | undefined {
  if (typeof value !== "object" || value === null || value instanceof Expression) {
    // Quoting only adds to a text.
    if (typeof value === "string" && value.length + 2 >= room) return undefined;
    const text = scalar(value);
    return text.length < room ? text : undefined;
  }
  const parts: string[] = [];
  let left = room - 4;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      const text = flatLiteral(item, left);
      if (text === undefined) return undefined;
      parts.push(text);
      left -= text.length + 2;
    }
    return `[${parts.join(", ")}]`;
  }
  const keys = Object.keys(value);
  // A member is at least `a: 0, `.
  if (6 * keys.length > room) return undefined;
  for (const key of keys) {
    const head = `${propertyKey(key)}: `;
    const text = flatLiteral(Reflect.get(value, key), left - head.length);
    if (text === undefined) return undefined;
    parts.push(head + text);
    left -= head.length + text.length + 2;
  }
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
