import type { SchemaObject } from "../schema-document.js";
import type { Conversion } from "./conversion.js";
import type { CommentTag } from "./js-doc.js";

type Target = "number" | "string" | "array";

interface ConstraintTag {
  readonly target: Target;
  readonly expected: string;
  /** The keywords for a tag's text; undefined where the text is not what the tag takes. */
  readonly read: (text: string, name: string) => SchemaObject | undefined;
}

const number: Pick<ConstraintTag, "expected" | "read"> = {
  expected: "a number",
  read: (text, name) => (text !== "" && Number.isFinite(Number(text)) ? { [name]: Number(text) } : undefined),
};
const count: Pick<ConstraintTag, "expected" | "read"> = {
  expected: "a whole number from 0",
  read: (text, name) => (/^\d+$/.test(text) ? { [name]: Number(text) } : undefined),
};

export const constraintTags: ReadonlyMap<string, ConstraintTag> = new Map<string, ConstraintTag>([
  ["minimum", { target: "number", ...number }],
  ["maximum", { target: "number", ...number }],
  ["exclusiveMinimum", { target: "number", ...number }],
  ["exclusiveMaximum", { target: "number", ...number }],
  [
    "multipleOf",
    { target: "number", expected: "a number above 0", read: (text) => (Number(text) > 0 ? number.read(text, "multipleOf") : undefined) },
  ],
  ["minLength", { target: "string", ...count }],
  ["maxLength", { target: "string", ...count }],
  ["minItems", { target: "array", ...count }],
  ["maxItems", { target: "array", ...count }],
  ["pattern", { target: "string", expected: "a regular expression without flags", read: readPattern }],
  [
    "format",
    { target: "string", expected: "the name of a format", read: (text) => (/^[\w-]+$/.test(text) ? { format: text } : undefined) },
  ],
  ["uniqueItems", { target: "array", expected: "nothing, true or false", read: readFlag }],
  ["asType", { target: "number", expected: "integer", read: readInteger }],
  ["type", { target: "number", expected: "integer", read: readInteger }],
]);

/** Adds a constraint tag's keyword where it bears: on a union's fitting branches, and on an array's items where it isn't the array's own. */
export function applyConstraint(c: Conversion, schema: SchemaObject, tag: CommentTag): SchemaObject {
  const kind = constraintTags.get(tag.name);
  if (kind === undefined) return schema;
  const text = tag.text.replace(/^\{(.*)\}$/s, "$1").trim();
  const keywords = kind.read(tag.name === "pattern" ? tag.text : text, tag.name);
  if (keywords === undefined) {
    if (tag.name !== "type") c.reportSpan("read/ts-tag-value", tag.span, { tag: tag.name, value: tag.text, expected: kind.expected });
    return schema;
  }
  const applied = addKeywords(schema, keywords, kind.target);
  if (applied === undefined) c.reportSpan("read/ts-tag-unused", tag.span, { tag: tag.name, target: kind.target });
  return applied ?? schema;
}

function addKeywords(schema: SchemaObject, keywords: SchemaObject, target: Target): SchemaObject | undefined {
  const types: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes(target) || (target === "number" && types.includes("integer"))) {
    // `integer` takes the place of `number` in a list of types.
    const { type } = keywords;
    return type === undefined
      ? { ...schema, ...keywords }
      : { ...schema, type: Array.isArray(schema.type) ? types.map((t) => (t === "number" ? type : t)) : type };
  }
  if (Array.isArray(schema.anyOf)) {
    const branches = (schema.anyOf as readonly SchemaObject[]).map((branch) => addKeywords(branch, keywords, target));
    if (branches.every((branch) => branch === undefined)) return undefined;
    return { ...schema, anyOf: branches.map((branch, index) => branch ?? (schema.anyOf as readonly SchemaObject[])[index]) };
  }
  if (types.includes("array") && typeof schema.items === "object" && schema.items !== null) {
    const items = addKeywords(schema.items as SchemaObject, keywords, target);
    return items && { ...schema, items };
  }
  return typeof schema.$ref === "string" ? { ...schema, ...keywords } : undefined;
}

function readPattern(text: string): SchemaObject | undefined {
  // No schema can say `i`, `m`, `s` or `v`.
  const [, body] = /^\/(.*)\/[dguy]*$/s.exec(text) ?? [undefined, /^\/.*\/[a-z]+$/s.test(text) ? "" : text];
  try {
    return body === "" || body === undefined ? undefined : { pattern: new RegExp(body, "u").source };
  } catch {
    return undefined;
  }
}

function readFlag(text: string): SchemaObject | undefined {
  if (text === "" || text === "true") return { uniqueItems: true };
  return text === "false" ? {} : undefined;
}

function readInteger(text: string): SchemaObject | undefined {
  return text === "integer" || text === "int" ? { type: "integer" } : undefined;
}
