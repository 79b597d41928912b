import type { SchemaObject } from "../../read/schema-document.js";
import type { RuleContext } from "../context.js";
import { shortened } from "../words.js";

const dropped: readonly string[] = ["default", "$comment", "deprecated", "readOnly", "writeOnly", "contentSchema"];

/**
 * The description a schema has by its annotations: `description`, else a `title` that says more than the key, and short `examples`.
 * Other annotations are not sent.
 */
export function dropAnnotation(schema: SchemaObject, at: string, context: RuleContext): string | undefined {
  const lost = dropped.filter((keyword) => Object.hasOwn(schema, keyword));
  if (lost.length > 0) context.note("drop-annotation", at, `${lost.join(", ")}: not sent`);
  const description = typeof schema["description"] === "string" ? schema["description"].trim() : "";
  const title = typeof schema["title"] === "string" ? schema["title"].trim() : "";
  const said = description !== "" ? description : isTelling(title, at) ? title : "";
  const examples = exampleWords(schema);
  if (examples === "" || said.includes(examples)) return said === "" ? undefined : said;
  return said === "" ? examples : `${said}${/[.!?:;…]$/.test(said) ? "" : "."} ${examples}`;
}

/** A title such as "First Name" of a property `first_name` tells nothing new. */
function isTelling(title: string, at: string): boolean {
  const key = at.slice(at.lastIndexOf("/") + 1);
  return title !== "" && bare(title) !== bare(key);
}

function exampleWords(schema: SchemaObject): string {
  const examples: unknown = Array.isArray(schema["examples"])
    ? schema["examples"]
    : Object.hasOwn(schema, "example")
      ? [schema["example"]]
      : [];
  if (!Array.isArray(examples)) return "";
  const texts = examples.filter((example) => typeof example !== "object").map((example) => JSON.stringify(example));
  const short = texts.filter((text) => text.length <= 40).slice(0, 2);
  return short.length === 0 ? "" : `E.g. ${shortened(short.join(", "), 90)}.`;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
