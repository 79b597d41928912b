import type { SchemaObject } from "../schema-document.js";

const scalars = new Set(["string", "number", "integer", "boolean", "null"]);

/** Joins the branches of a union: literals into one `enum`, plain scalars into one list of types, what is left into `anyOf`. */
export function mergeBranches(branches: readonly SchemaObject[]): SchemaObject {
  const literals = branches.filter(isLiteral);
  const openString = branches.find((branch) => branch.type === "string" && isPlain(branch));
  if (openString && literals.some(isStringLiteral)) return mergeBranches(asExamples(branches, openString));
  const [first] = literals;
  const others = branches.filter((branch) => branch === first || (!isLiteral(branch) && !(first && isNull(branch))));
  const nullable = branches.some(isNull);
  const joined = first && (literals.length > 1 || nullable) ? joinLiterals(literals, nullable) : first;
  const parts = others.map((branch) => (joined && branch === first ? joined : branch));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return joinScalars(parts) ?? { anyOf: parts };
}

/** `(string & {}) | "a" | "b"`: any string, with a few that are usual. */
function asExamples(branches: readonly SchemaObject[], open: SchemaObject): readonly SchemaObject[] {
  const examples = branches.filter(isStringLiteral).flatMap(literalValues);
  return branches.filter((branch) => !isStringLiteral(branch)).map((branch) => (branch === open ? { ...open, examples } : branch));
}

function joinLiterals(literals: readonly SchemaObject[], nullable: boolean): SchemaObject {
  const values = [...literals.flatMap(literalValues), ...(nullable ? [null] : [])];
  const types = [...new Set([...literals.map((literal) => literal.type), ...(nullable ? ["null"] : [])])];
  return { type: types.length === 1 ? types[0] : types, enum: [...new Set(values)] };
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
