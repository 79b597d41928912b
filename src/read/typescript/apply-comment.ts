import { contradictingBounds } from "../contradicting-bounds.js";
import { isSchemaObject } from "../is-schema-object.js";
import type { SchemaObject } from "../schema-document.js";
import { applyConstraint, constraintTags } from "./apply-constraint.js";
import type { Conversion } from "./conversion.js";
import type { Comment, CommentTag } from "./js-doc.js";
import { nearTag } from "./near-tag.js";

/** A schema with what its declaration's JSDoc says: description, annotations, constraints and extension keywords. */
export function applyComment(c: Conversion, schema: SchemaObject, comment: Comment): SchemaObject {
  const described: SchemaObject = comment.description === "" ? schema : { ...schema, description: comment.description };
  return comment.tags.reduce((before, tag) => {
    const after = applyTag(c, before, { ...tag, isOnType: comment.isOnType });
    reportContradictions(c, { before, after, tag });
    return after;
  }, described);
}

/** Told at the second of the two tags. */
function reportContradictions(
  c: Conversion,
  { before, after, tag }: { readonly before: SchemaObject; readonly after: SchemaObject; readonly tag: CommentTag },
): void {
  if (after === before || !constraintTags.has(tag.name)) return;
  for (const schema of bounded(after)) {
    const made = contradictingBounds(schema).find(({ low, high }) => low === tag.name || high === tag.name);
    if (made === undefined) continue;
    const { low, high, kind } = made;
    const facts = { low: `@${low}`, high: `@${high}`, kind, least: Number(schema[low]), most: Number(schema[high]) };
    c.reportSpan("read/contradicting-bounds", tag.span, facts);
    return;
  }
}

/** Where a constraint may have gone: see `applyConstraint`. */
function bounded(schema: SchemaObject): readonly SchemaObject[] {
  const branches = Array.isArray(schema.anyOf) ? (schema.anyOf as readonly SchemaObject[]) : [];
  const items = isSchemaObject(schema.items) ? [schema.items] : [];
  return [schema, ...[...branches, ...items].flatMap(bounded)];
}

/** A tag, and whether the comment around it stands on a type. */
type PlacedTag = CommentTag & Pick<Comment, "isOnType">;

function applyTag(c: Conversion, schema: SchemaObject, tag: PlacedTag): SchemaObject {
  switch (tag.name) {
    case "title":
    case "description":
      return tag.text === "" ? schema : { ...schema, [tag.name]: tag.text };
    case "default":
    case "defaultValue":
      return tag.text === "undefined" ? schema : withValue(c, schema, tag, (value) => ({ default: value }));
    case "example":
      return withValue(c, schema, tag, (value) => ({
        examples: [...(Array.isArray(schema.examples) ? (schema.examples as unknown[]) : []), value],
      }));
    case "deprecated":
      return { ...schema, deprecated: true };
    case "stream":
      return tag.text === "atomic" ? { ...schema, "x-stream": "atomic" } : wrong(c, schema, tag, "the word atomic");
    case "skip":
      return { ...schema, "x-skip": true };
    case "reasoning":
      // An alias of an object with a name is that object, asked for in its own way.
      if (tag.isOnType && schema.$ref !== undefined) return extend(schema, { reasoning: true });
      return onObjects(schema, (object) => extend(object, { reasoning: true })) ?? unused(c, schema, tag);
    case "open":
      return onObjects(schema, (object) => extend(opened(object), { open: true })) ?? unused(c, schema, tag);
    case "unroll": {
      const levels = Number(tag.text);
      return Number.isInteger(levels) && levels > 0 ? extend(schema, { unroll: levels }) : wrong(c, schema, tag, "a whole number above 0");
    }
    default:
      reportMisspelt(c, schema, tag);
      return applyConstraint(c, schema, tag);
  }
}

/** Changes an object that is written in its place, or those among the branches of a union; undefined where there is none. */
function onObjects(schema: SchemaObject, change: (object: SchemaObject) => SchemaObject): SchemaObject | undefined {
  if ([schema.type].flat().includes("object")) return change(schema);
  if (!Array.isArray(schema.anyOf)) return undefined;
  const branches = schema.anyOf as readonly SchemaObject[];
  const changed = branches.map((branch) => onObjects(branch, change));
  return changed.some((branch) => branch) ? { ...schema, anyOf: branches.map((branch, index) => changed[index] ?? branch) } : undefined;
}

function opened(schema: SchemaObject): SchemaObject {
  return schema.additionalProperties === false ? { ...schema, additionalProperties: true } : schema;
}

function reportMisspelt(c: Conversion, schema: SchemaObject, tag: CommentTag): void {
  const near = nearTag(tag, schema);
  if (near !== undefined) c.reportSpan("read/ts-misspelt-tag", tag.span, { tag: tag.name, near });
}

/** What a type with a name is can't be changed where it is used. */
function unused(c: Conversion, schema: SchemaObject, tag: CommentTag): SchemaObject {
  c.reportSpan("read/ts-tag-unused", tag.span, { tag: tag.name, target: "object declaration" });
  return schema;
}

function extend(schema: SchemaObject, settings: SchemaObject): SchemaObject {
  const before = typeof schema["x-extract"] === "object" ? schema["x-extract"] : {};
  return { ...schema, "x-extract": { ...before, ...settings } };
}

function wrong(c: Conversion, schema: SchemaObject, tag: CommentTag, expected: string): SchemaObject {
  c.reportSpan("read/ts-tag-value", tag.span, { tag: tag.name, value: tag.text, expected });
  return schema;
}

/** Adds what a tag says of a value; a text that no value of the type could be (most often code) is left out. */
function withValue(c: Conversion, schema: SchemaObject, tag: CommentTag, keyword: (value: unknown) => SchemaObject): SchemaObject {
  const read = readValue(tag.text, schema);
  if (read === undefined) c.reportSpan("read/ts-tag-not-json", tag.span, { tag: tag.name });
  return read === undefined ? schema : { ...schema, ...keyword(read.value) };
}

/** JSON where it is JSON, else the text itself, where the type has texts. A fenced block loses its fence. */
function readValue(text: string, schema: SchemaObject): { readonly value: unknown } | undefined {
  const plain = text.replace(/^```\w*\n([\s\S]*?)\n?```$/, "$1").trim();
  try {
    const value = JSON.parse(plain) as unknown;
    return { value: schema.type === "string" && typeof value !== "string" ? plain : value };
  } catch {
    return plain !== "" && mayBeText(schema) ? { value: plain.replace(/^(['`])([\s\S]*)\1$/, "$2") } : undefined;
  }
}

/** What a `$ref` leads to may not be known yet. */
function mayBeText(schema: SchemaObject): boolean {
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as readonly SchemaObject[]).some(mayBeText);
  return schema.type === undefined || [schema.type].flat().includes("string");
}
