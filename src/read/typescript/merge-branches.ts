import type { SchemaObject } from "../schema-document.js";

const scalars = new Set(["string", "number", "integer", "boolean", "null"]);

/** Joins the branches of a union: literals into one `enum`, plain scalars into one list of types, what is left into `anyOf`. */
export function mergeBranches(branches: readonly SchemaObject[]): SchemaObject {
  const openString = branches.find((branch) => branch.type === "string" && isPlain(branch));
  if (openString && branches.some(isStringLiteral)) return mergeBranches(asExamples(branches, openString));
  if (isBoth(branches)) return mergeBranches(branches.filter(({ const: value }) => value !== false).map(asBoolean));
  // `null` counts as one more literal where there are others.
  const literals = branches.some(isLiteral) ? branches.filter((branch) => isLiteral(branch) || isNull(branch)) : [];
  const [first] = literals;
  const joined = literals.length > 1 ? joinLiterals(literals) : first;
  const joining = new Set(literals);
  const parts = branches.filter((branch) => branch === first || !joining.has(branch));
  const merged = parts.map((branch) => (joined && branch === first ? joined : branch));
  const [only] = merged;
  if (only !== undefined && merged.length === 1) return only;
  return joinScalars(merged) ?? { anyOf: merged };
}

/** `(string & {}) | "a" | "b"`: any string, with a few that are usual. */
function asExamples(branches: readonly SchemaObject[], open: SchemaObject): readonly SchemaObject[] {
  const examples = branches.filter(isStringLiteral).flatMap(literalValues);
  return branches.filter((branch) => !isStringLiteral(branch)).map((branch) => (branch === open ? { ...open, examples } : branch));
}

function joinLiterals(literals: readonly SchemaObject[]): SchemaObject {
  const values = [...new Set(literals.flatMap(literalValues))];
  const types = withoutInteger([...new Set(literals.flatMap((literal) => literal.type))]);
  return { type: types.length === 1 ? types[0] : types, enum: values };
}

/** Every integer is a number. */
function withoutInteger(types: readonly unknown[]): readonly unknown[] {
  return types.includes("number") ? types.filter((type) => type !== "integer") : types;
}

/** `true | false`, as the checker takes a branded boolean apart. */
function isBoth(branches: readonly SchemaObject[]): boolean {
  return [true, false].every((value) => branches.some((branch) => branch.const === value));
}

function asBoolean(branch: SchemaObject): SchemaObject {
  return branch.const === true ? { type: "boolean" } : branch;
}

function joinScalars(parts: readonly SchemaObject[]): SchemaObject | undefined {
  const types = parts.map((part) => part.type);
  const joinable = parts.every((part) => typeof part.type === "string" && scalars.has(part.type) && !isLiteral(part));
  if (!joinable || new Set(types).size < types.length) return undefined;
  const keys = parts.flatMap((part) => Object.keys(part).filter((key) => key !== "type"));
  if (new Set(keys).size < keys.length || keys.some((key) => annotations.has(key))) return undefined;
  return { ...Object.assign({}, ...parts), type: types };
}

/** Keywords that would speak of the whole union once the branches are one. */
const annotations = new Set(["title", "description", "default", "examples", "deprecated", "format", "x-revive"]);

function literalValues(schema: SchemaObject): readonly unknown[] {
  if (isNull(schema)) return [null];
  return Array.isArray(schema.enum) ? schema.enum : [schema.const];
}

function isLiteral(schema: SchemaObject): boolean {
  return ("const" in schema || "enum" in schema) && Object.keys(schema).every((key) => key === "type" || key === "const" || key === "enum");
}

function isStringLiteral(schema: SchemaObject): boolean {
  return schema.type === "string" && isLiteral(schema);
}

function isNull(schema: SchemaObject): boolean {
  return schema.type === "null";
}

function isPlain(schema: SchemaObject): boolean {
  return Object.keys(schema).length === 1;
}
