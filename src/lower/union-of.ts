import type { RuleContext } from "./context.js";
import { canonicalText } from "./json.js";
import { withRemark } from "./rules/constraint-to-description.js";
import type { Wire, WireUnion } from "./wire.js";

/** One node for several: nested unions are opened, equal branches are one, enums of one type are joined. */
export function unionOf(branches: readonly Wire[], at: string, context: RuleContext): Wire | undefined {
  const flat = branches.flatMap((branch) =>
    branch.kind === "union" && branch.description === undefined && branch.remark === undefined && branch.whole === undefined
      ? loosened(branch)
      : [branch],
  );
  const any = flat.find((branch) => branch.kind === "json" && branch.enum === undefined && branch.of === undefined);
  if (any !== undefined) {
    if (flat.length > 1) context.note("any-to-json-text", at, "one branch allows any JSON: all travel as JSON text");
    return any;
  }
  const distinct = joinEnums(joinTexts(unique(flat)), at);
  const [only] = distinct;
  if (only === undefined || distinct.length === 1) return only;
  return { kind: "union", origin: at, branches: distinct };
}

/** The branches of a union; what it takes unseen, its first branch takes. */
function loosened({ branches, assumed }: WireUnion): readonly Wire[] {
  return assumed === undefined ? branches : branches.map((branch, index) => (index === 0 ? { ...branch, assumed } : branch));
}

/** Each of equal branches once, with the values that one of them takes unseen. */
function unique(branches: readonly Wire[]): readonly Wire[] {
  const found = new Map<string, Wire>();
  for (const branch of branches) {
    const text = canonicalText(onTheWire(branch));
    const known = found.get(text);
    const spoken = known?.assumed === undefined ? branch.assumed : known.assumed.filter((type) => branch.assumed?.includes(type) ?? true);
    found.set(text, known === undefined || spoken === undefined ? (known ?? branch) : { ...known, assumed: spoken });
  }
  return [...found.values()];
}

const handling: readonly string[] = ["origin", "whole", "assumed"];

/** What a node says on the wire, without what only its place or its handling tell. */
function onTheWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !handling.includes(key))
      .map(([key, inner]) => [key, onTheWire(inner)]),
  );
}

/** Several places of JSON text are one: text of any of their types. */
function joinTexts(branches: readonly Wire[]): readonly Wire[] {
  const texts = branches.filter((branch) => branch.kind === "json" && branch.enum === undefined);
  const [first] = texts;
  if (first === undefined || texts.length === 1) return branches;
  const of = [...new Set(texts.flatMap((text) => (text.kind === "json" ? (text.of ?? []) : [])))];
  return branches.flatMap((branch) => (branch === first ? [{ ...first, of }] : texts.includes(branch) ? [] : [branch]));
}

/** `anyOf` of enums of one type is one enum; what each was described as stands in the joint description. */
export function joinEnums(branches: readonly Wire[], at: string): readonly Wire[] {
  const joined: Wire[] = [];
  for (const branch of branches) {
    const index = joined.findIndex((other) => joins(other, branch));
    const other = joined[index];
    if (other === undefined) joined.push(branch);
    else joined[index] = joinTwo(other, branch, at);
  }
  return joined;
}

function joins(first: Wire, second: Wire): boolean {
  if (first.kind === "json" && second.kind === "json") return first.enum !== undefined && second.enum !== undefined;
  if (first.kind !== "scalar" || second.kind !== "scalar") return false;
  return first.enum !== undefined && second.enum !== undefined && first.type === second.type;
}

const separator = "; ";

function joinTwo(first: Wire, second: Wire, at: string): Wire {
  const texts = [valueWords(first), valueWords(second)].filter((text) => text !== undefined);
  const { description: _, remark: __, ...rest } = first;
  const described = { origin: at, ...(texts.length > 0 && { description: texts.join(separator) }) };
  if (rest.kind === "json" && second.kind === "json")
    return { ...rest, ...described, enum: [...new Set([...(rest.enum ?? []), ...(second.enum ?? [])])] };
  if (rest.kind === "scalar" && second.kind === "scalar") {
    const { enum: own = [], ...plain } = rest;
    const values = [...new Set([...own, ...(second.enum ?? [])])];
    // Two booleans are all there are.
    return rest.type === "boolean" && values.length === 2 ? { ...plain, ...described } : { ...plain, ...described, enum: values };
  }
  return first;
}

function valueWords(wire: Wire): string | undefined {
  const text = withRemark(wire.description, wire.remark);
  const values = wire.kind === "json" || wire.kind === "scalar" ? (wire.enum ?? []) : [];
  return text === undefined || values.length !== 1 ? text : `${shown(values[0])}: ${text}`;
}

/** A value as it stands in a sentence: in quotes where white space at its ends would be lost. */
function shown(value: unknown): string {
  return typeof value === "string" && value !== "" && value.trim() === value ? value : JSON.stringify(value);
}
