import type { RuleContext } from "./context.js";
import { canonicalText } from "./json.js";
import { withRemark } from "./rules/constraint-to-description.js";
import type { Scalar, Wire, WireScalar } from "./wire.js";

/** One node for several: nested unions are opened, equal branches are one, enums of one type are joined. */
export function unionOf(branches: readonly Wire[], at: string, context: RuleContext): Wire | undefined {
  const flat = branches.flatMap((branch) =>
    branch.kind === "union" && branch.description === undefined && branch.remark === undefined ? branch.branches : [branch],
  );
  const any = flat.find((branch) => branch.kind === "json" && branch.enum === undefined && branch.of === undefined);
  if (any !== undefined) {
    if (flat.length > 1) context.note("any-to-json-text", at, "one branch allows any JSON: all travel as JSON text");
    return any;
  }
  const distinct = joinEnums(joinFreeObjects(unique(flat)), at);
  const [only] = distinct;
  if (only === undefined || distinct.length === 1) return only;
  return { kind: "union", origin: at, branches: distinct };
}

function unique(branches: readonly Wire[]): readonly Wire[] {
  const seen = new Set<string>();
  return branches.filter((branch) => {
    const text = canonicalText(withoutOrigin(branch));
    return seen.has(text) ? false : seen.add(text);
  });
}

function withoutOrigin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigin);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "origin")
      .map(([key, inner]) => [key, withoutOrigin(inner)]),
  );
}

/** Several places of JSON text are one: text of any of their types. */
function joinFreeObjects(branches: readonly Wire[]): readonly Wire[] {
  const free = branches.filter((branch) => branch.kind === "json" && branch.enum === undefined);
  const [first] = free;
  if (first === undefined || free.length === 1) return branches;
  return branches.filter((branch) => branch === first || !free.includes(branch));
}

/** `anyOf` of enums of one type is one enum; what each was described as stands in the joint description. */
function joinEnums(branches: readonly Wire[], at: string): readonly Wire[] {
  const joined: Wire[] = [];
  for (const branch of branches) {
    const index = joined.findIndex((other) => isEnum(other) && isEnum(branch) && other.type === branch.type);
    const other = joined[index];
    if (other === undefined || !isEnum(other) || !isEnum(branch)) joined.push(branch);
    else joined[index] = joinTwo(other, branch, at);
  }
  return joined;
}

type WireEnum = WireScalar & { readonly enum: readonly Scalar[] };

function isEnum(wire: Wire): wire is WireEnum {
  return wire.kind === "scalar" && wire.enum !== undefined;
}

const separator = "; ";

function joinTwo(first: WireEnum, second: WireEnum, at: string): Wire {
  const texts = [valueWords(first), valueWords(second)].filter((text) => text !== undefined);
  const values = [...new Set([...first.enum, ...second.enum])];
  const { description: _, remark: __, ...rest } = first;
  return { ...rest, origin: at, enum: values, ...(texts.length > 0 && { description: texts.join(separator) }) };
}

function valueWords(wire: WireEnum): string | undefined {
  const text = withRemark(wire.description, wire.remark);
  return text === undefined || wire.enum.length !== 1 ? text : `${String(wire.enum[0])}: ${text}`;
}
