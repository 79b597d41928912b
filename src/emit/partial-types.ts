import type { NamedShape } from "./file-shapes.js";
import { emptyObject, presentType } from "./for-types.js";
import type { ObjectShape, Shape } from "./shape.js";
import { propertyKey, quote } from "./text.js";

/** Where a partial type is being printed. */
interface Printing {
  readonly byName: ReadonlyMap<string, NamedShape>;
  readonly named: NamedShape;
  readonly indent: number;
  /** Inside of what is whole or absent: names of the types that are being written out. */
  readonly whole?: readonly string[];
}

/**
 * The types of growing values, one `XPartial` for each type that can grow: properties absent until they have begun, lists as far as
 * they have come, leaves whole. A finished value is a value of its partial type too.
 *
 * @param roots names of the types that have one even where they can't grow
 */
export function emitPartialTypes(types: readonly NamedShape[], roots: ReadonlySet<string>): string {
  const byName = new Map(types.map((named) => [named.name, named]));
  return types
    .filter((named) => roots.has(named.name) || grows(named.shape, named, byName, new Set()))
    .map((named) => printNamed(named, byName))
    .join("\n");
}

/** `An Order`, but `A User`: a U is mostly spoken as in "you". */
function article(name: string): string {
  return /^[AEIO]/.test(name) ? "An" : "A";
}

function printNamed(named: NamedShape, byName: ReadonlyMap<string, NamedShape>): string {
  const name = `${named.name}Partial`;
  const doc = `/** ${article(named.name)} ${named.name} while it arrives: strings grow, everything else is complete or absent. */\n`;
  const at: Printing = { byName, named, indent: 0 };
  if (named.shape.kind === "object" && (named.shape.fields.size > 0 || named.shape.index)) {
    return `${doc}export interface ${name} ${printObject(named.shape, at)}\n`;
  }
  return `${doc}export type ${name} = ${print(named.shape, at)};\n`;
}

function print(shape: Shape, at: Printing): string {
  switch (shape.kind) {
    case "unknown":
    case "never":
      return shape.kind;
    case "present":
      return presentType;
    case "scalar":
      // A revived date is still its text while the value arrives.
      return shape.date ? "string | Date" : shape.type;
    case "literal":
      return typeof shape.value === "string" ? quote(shape.value) : String(shape.value);
    case "ref": {
      const target = at.byName.get(at.named.nameOf(shape.key));
      if (!target) return "unknown";
      if (at.whole !== undefined && !at.whole.includes(target.name))
        return print(target.shape, { ...at, named: target, whole: [...at.whole, target.name] });
      // Types that can't grow have no partial type of their own; in files that import the user's type their names aren't known.
      return grows(target.shape, target, at.byName, new Set()) ? `${target.name}Partial` : print(target.shape, { ...at, named: target });
    }
    case "array":
      return `readonly ${printMember(shape.item, at)}[]`;
    case "tuple": {
      const items = shape.items.map((item, index) => `${printMember(item, at)}${at.whole && index < shape.required ? "" : "?"}`);
      return `readonly [${[...items, ...(shape.rest ? [`...${printMember(shape.rest, at)}[]`] : [])].join(", ")}]`;
    }
    case "object":
      return shape.fields.size === 0 && !shape.index ? emptyObject(shape).replace("{ [", "{ readonly [") : printObject(shape, at);
    case "union":
      return shape.of.map((part) => printMember(part, at)).join(" | ");
    case "intersection":
      return shape.of.map((part) => printMember(part, at)).join(" & ");
  }
}

/** A type as part of another: what binds less than its surroundings stands in parentheses. */
function printMember(shape: Shape, at: Printing): string {
  const text = print(shape, at);
  const loose = shape.kind === "union" || shape.kind === "intersection" || shape.kind === "array" || shape.kind === "tuple";
  return loose || (shape.kind === "ref" && / [|&] /.test(text)) || (shape.kind === "scalar" && shape.date) ? `(${text})` : text;
}

function printObject(shape: ObjectShape, at: Printing): string {
  const inner: Printing = { ...at, indent: at.indent + 2 };
  const margin = " ".repeat(inner.indent);
  const lines = [...shape.fields].map(([key, { shape: member, required, whole }]) => {
    const mark = at.whole && required ? "" : "?";
    return `${margin}readonly ${propertyKey(key)}${mark}: ${print(member, whole ? { ...inner, whole: inner.whole ?? [] } : inner)};\n`;
  });
  if (shape.index) lines.push(`${margin}readonly [key: string]: ${printIndex(shape, inner)};\n`);
  return `{\n${lines.join("")}${" ".repeat(at.indent)}}`;
}

/** TypeScript holds every declared property to the index signature, so it must admit them all. */
function printIndex(shape: ObjectShape, at: Printing): string {
  const parts = [shape.index?.shape ?? { kind: "unknown" as const }, ...[...shape.fields.values()].map((field) => field.shape)];
  if (parts.some((part) => part.kind === "unknown")) return "unknown";
  const texts = new Set(parts.filter((part) => part.kind !== "never").map((part) => printMember(part, at)));
  if (shape.fields.size > 0) texts.add("undefined");
  return [...texts].join(" | ") || "never";
}

/** Whether a shape holds an object or a list, which arrive piece by piece. */
function grows(shape: Shape, named: NamedShape, byName: ReadonlyMap<string, NamedShape>, seen: Set<string>): boolean {
  switch (shape.kind) {
    case "object":
    case "array":
    case "tuple":
      return true;
    case "union":
    case "intersection":
      return shape.of.some((part) => grows(part, named, byName, seen));
    case "ref": {
      const target = byName.get(named.nameOf(shape.key));
      if (!target || seen.has(target.name)) return false;
      seen.add(target.name);
      return grows(target.shape, target, byName, seen);
    }
    default:
      return false;
  }
}
