import type { SchemaObject } from "../../read/schema-document.js";
import { type AjvProjection, rootId } from "../for-ajv.js";
import { checkedFormats, formatCheck, numberFormats } from "../formats.js";
import { json } from "./conditions.js";
import { PlainFunction } from "./plain-function.js";

/** Stands for a value until all is printed and it is known which comes first. JSON has no such character. */
const mark = "\0";
const marked = /\0(\d+)\0/g;

/** The functions of one document and the constants that they share. */
export class PlainModule {
  /** By `$id`. */
  readonly functions = new Map<string, PlainFunction>();
  readonly #suffix: string;
  readonly #schemas: ReadonlyMap<string, SchemaObject>;
  /** How many names of each kind are taken. */
  readonly #taken = new Map<string, number>();
  /** Names of constants, by kind and what they hold. */
  readonly #constants = new Map<string, string>();
  /** What declares a name: a line, or a function. */
  readonly #declarations = new Map<string, string | PlainFunction>();
  /** Lists and objects that functions hand out, by their text. */
  readonly #values = new Map<string, number>();
  /** Formats that are noted and never called. */
  readonly #idle = new Set<string>();

  /** @param suffix of all names */
  constructor({ schemas, parts }: AjvProjection, suffix: string) {
    this.#suffix = suffix;
    this.#schemas = new Map([...schemas].map(([id, schema]) => [id, { $id: id, ...(schema as SchemaObject) }]));
    for (const id of [rootId, ...parts.values()]) if (!this.functions.has(id)) this.#make(id);
  }

  /** The text of all functions, each after what it uses. */
  print(): string {
    const lines: string[] = [];
    const printed = new Set<string | PlainFunction>();
    const print = (one: string | PlainFunction): void => {
      if (printed.has(one)) return;
      printed.add(one);
      if (typeof one === "string") return void lines.push(one);
      for (const names of one.uses.values()) for (const name of names) if (!this.#idle.has(name)) print(this.#declarations.get(name) ?? "");
      lines.push(...one.lines);
    };
    for (const one of this.functions.values()) print(one);
    return this.#withValues(lines.join("\n"));
  }

  /** Values have numbers in the order in which they are read. */
  #withValues(text: string): string {
    const texts = [...this.#values.keys()];
    const names = new Map<string, string>();
    const code = text.replace(marked, (_, index: string) => {
      const name = names.get(index) ?? `values${names.size}${this.#suffix}`;
      names.set(index, name);
      return name;
    });
    return `${Array.from(names, ([index, name]) => `const ${name} = ${texts[Number(index)]};\n`).join("")}${code}\n`;
  }

  newName(kind: string): string {
    const count = this.#taken.get(kind) ?? 0;
    this.#taken.set(kind, count + 1);
    return kind + count + this.#suffix;
  }

  /** The name of a constant. One is taken whenever it is asked for, and not used where the constant has one. */
  constant(user: PlainFunction, kind: string, text: string, key = text): string {
    const name = this.newName(kind);
    const known = this.#constants.get(`${kind} ${key}`) ?? name;
    if (known === name) {
      this.#constants.set(`${kind} ${key}`, name);
      this.#declarations.set(name, `const ${name} = ${text};`);
    }
    use(user, kind, known);
    return known;
  }

  /** A part of a schema as the functions hand it out. */
  value(value: unknown): string {
    const text = JSON.stringify(value);
    if (typeof value !== "object" || value === null) return text;
    const index = this.#values.get(text) ?? this.#values.size;
    this.#values.set(text, index);
    return `${mark}${index}${mark}`;
  }

  /** A regular expression, which is one where it prints as one: `a/b` and `a\\/b`. */
  pattern(user: PlainFunction, pattern: string): string {
    return this.constant(user, "pattern", `new RegExp(${json(pattern)}, "u")`, String(new RegExp(pattern, "u")));
  }

  /** How a format is checked, or nothing where any value of the type will do. */
  format(user: PlainFunction, format: string, type: string): string | undefined {
    if (!checkedFormats.includes(format)) return undefined;
    const isNumber = numberFormats.includes(format);
    const isKnown = this.#declarations.size;
    const name = this.constant(user, "formats", formatCheck(format));
    if (this.#declarations.size > isKnown) this.#idle.add(name);
    if (type !== (isNumber ? "number" : "string")) return undefined;
    this.#idle.delete(name);
    return isNumber ? `${name}.validate` : name;
  }

  /** The function of a schema. While it is being made itself, Ajv names an object that will hold it. */
  reference(user: PlainFunction, id: string): string {
    const target = this.functions.get(id) ?? this.#make(id);
    if (!target.isDone) return target.name;
    this.newName("validate");
    use(user, "validate", target.name);
    return target.name;
  }

  #make(id: string): PlainFunction {
    const schema = this.#schemas.get(id) ?? {};
    const made = new PlainFunction(this);
    this.functions.set(id, made);
    this.#declarations.set(made.name, made);
    made.print(schema);
    return made;
  }
}

function use(user: PlainFunction, kind: string, name: string): void {
  const names = user.uses.get(kind) ?? new Set();
  user.uses.set(kind, names.add(name));
}
