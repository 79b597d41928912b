import type { SchemaObject } from "../../read/schema-document.js";
import { type AjvProjection, rootId } from "../for-ajv.js";
import { checkedFormats, formatCheck, numberFormats } from "../formats.js";
import { json } from "./conditions.js";
import { PlainFunction } from "./plain-function.js";

const namesOfAjv = /\b(?:_?valid|_errs|vSchema)\d|parentData|rootData/;

/** The functions of one document and the constants that they share. */
export class PlainModule {
  /** By `$id`. */
  readonly functions = new Map<string, PlainFunction>();
  /** Whether the schemas hold words that `compactValidators` would take for Ajv's names, so that it would not shorten everything. */
  speaksOfNames = false;
  readonly #schemas: ReadonlyMap<string, SchemaObject>;
  /** How many names of each kind are taken. */
  readonly #taken = new Map<string, number>();
  /** Names of constants, by kind and what they hold. */
  readonly #constants = new Map<string, string>();
  /** What declares a name: a line, or a function. */
  readonly #declarations = new Map<string, string | PlainFunction>();

  constructor({ schemas, parts }: AjvProjection) {
    this.#schemas = new Map([...schemas].map(([id, schema]) => [id, { $id: id, ...(schema as SchemaObject) }]));
    for (const id of [rootId, ...parts.values()]) if (!this.functions.has(id)) this.#make(id);
  }

  /** The lines of all functions, each after what it uses. */
  print(): readonly string[] {
    const lines: string[] = [];
    const printed = new Set<string | PlainFunction>();
    const print = (one: string | PlainFunction): void => {
      if (printed.has(one)) return;
      printed.add(one);
      if (typeof one === "string") return void lines.push(one);
      for (const names of one.uses.values()) for (const name of names) print(this.#declarations.get(name) ?? "");
      lines.push(...one.lines);
    };
    for (const one of this.functions.values()) print(one);
    return lines;
  }

  newName(kind: string): string {
    const count = this.#taken.get(kind) ?? 0;
    this.#taken.set(kind, count + 1);
    return kind + count;
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

  /** The schema of a function, of which there is one for each function. */
  schema(user: PlainFunction, schema: SchemaObject): string {
    const name = this.newName("schema");
    const text = json(schema);
    this.speaksOfNames ||= namesOfAjv.test(text);
    this.#declarations.set(name, `const ${name} = ${text};`);
    use(user, "schema", name);
    return name;
  }

  /** A regular expression, which is one where it prints as one: `a/b` and `a\\/b`. */
  pattern(user: PlainFunction, pattern: string): string {
    return this.constant(user, "pattern", `new RegExp(${json(pattern)}, "u")`, String(new RegExp(pattern, "u")));
  }

  /** How a format is checked, or nothing where any value will do. */
  format(user: PlainFunction, format: string): { readonly type: "string" | "number"; readonly call: string } | undefined {
    if (!checkedFormats.includes(format)) return undefined;
    const name = this.constant(user, "formats", formatCheck(format));
    return numberFormats.includes(format) ? { type: "number", call: `${name}.validate` } : { type: "string", call: name };
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
    const made = new PlainFunction(this, schema);
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
