import type { SchemaObject } from "../schema-document.js";
import { applyConstraint } from "./apply-constraint.js";
import type { Conversion } from "./conversion.js";
import type { Comment, CommentTag } from "./js-doc.js";

/** A schema with what its declaration's JSDoc says: description, annotations, constraints and extension keywords. */
export function applyComment(c: Conversion, schema: SchemaObject, comment: Comment): SchemaObject {
  const described: SchemaObject = comment.description === "" ? schema : { ...schema, description: comment.description };
  return comment.tags.reduce((done, tag) => applyTag(c, done, tag), described);
}

function applyTag(c: Conversion, schema: SchemaObject, tag: CommentTag): SchemaObject {
  switch (tag.name) {
    case "title":
    case "description":
      return tag.text === "" ? schema : { ...schema, [tag.name]: tag.text };
    case "default":
    case "defaultValue":
      return { ...schema, default: jsonOrText(tag.text) };
    case "example":
      return { ...schema, examples: [...(Array.isArray(schema.examples) ? (schema.examples as unknown[]) : []), jsonOrText(tag.text)] };
    case "deprecated":
      return { ...schema, deprecated: true };
    case "stream":
      return tag.text === "atomic" ? { ...schema, "x-stream": "atomic" } : wrong(c, schema, tag, "the word atomic");
    case "skip":
      return { ...schema, "x-skip": true };
    case "reasoning":
      return extend(schema, { reasoning: true });
    case "open":
      return extend(
        { ...schema, ...(schema.type === "object" && schema.additionalProperties === false && { additionalProperties: true }) },
        { open: true },
      );
    case "unroll": {
      const levels = Number(tag.text);
      return Number.isInteger(levels) && levels > 0 ? extend(schema, { unroll: levels }) : wrong(c, schema, tag, "a whole number above 0");
    }
    default:
      return applyConstraint(c, schema, tag);
  }
}

function extend(schema: SchemaObject, settings: SchemaObject): SchemaObject {
  const before = typeof schema["x-extract"] === "object" ? schema["x-extract"] : {};
  return { ...schema, "x-extract": { ...before, ...settings } };
}

function wrong(c: Conversion, schema: SchemaObject, tag: CommentTag, expected: string): SchemaObject {
  c.reportSpan("read/ts-tag-value", tag.span, { tag: tag.name, value: tag.text, expected });
  return schema;
}

/** JSON where it is JSON, else the text itself. A fenced block loses its fence. */
function jsonOrText(text: string): unknown {
  const plain = text.replace(/^```\w*\n([\s\S]*?)\n?```$/, "$1").trim();
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    return plain.replace(/^(['`])([\s\S]*)\1$/, "$2");
  }
}
