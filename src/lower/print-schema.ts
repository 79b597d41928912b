import type { SchemaObject } from "../read/schema-document.js";
import { setOwn } from "./json.js";
import { withRemark } from "./rules/constraint-to-description.js";
import type { AcceptedForms } from "./accepted-forms.js";
import type { Wire, WireDocument, WireField, WireObject } from "./wire.js";

/** How a lowered schema is written down. */
export interface PrintOptions {
  readonly forms: AcceptedForms;
}

/** The schema that is sent: a root, and the definitions it refers to. */
export function printSchema(document: WireDocument, options: PrintOptions): SchemaObject {
  const root = printNode(document.root, options);
  const names = Object.keys(document.defs);
  if (names.length === 0) return root;
  const defs: { [name: string]: unknown } = {};
  for (const name of names) {
    const def = document.defs[name];
    if (def !== undefined) setOwn(defs, name, printNode(def, options));
  }
  return { ...root, $defs: defs };
}

/** One node as JSON Schema. */
export function printNode(wire: Wire, options: PrintOptions): SchemaObject {
  const text = withRemark(wire.description, wire.remark);
  const described = text === undefined ? {} : { description: text };
  switch (wire.kind) {
    case "scalar":
      return { type: wire.type, ...described, ...(wire.enum && { enum: wire.enum }), ...wire.sent };
    case "json":
      return jsonText(wire);
    case "object":
      return { type: "object", ...described, ...objectBody(wire, options) };
    case "list":
      return { type: "array", ...described, items: printNode(wire.item, options) };
    case "tuple":
      return {
        type: "array",
        ...described,
        prefixItems: wire.items.map((item) => printNode(item, options)),
        items: wire.rest ? printNode(wire.rest, options) : false,
      };
    case "members":
      return { type: "object", ...described, ...membersBody(wire, options) };
    case "entries":
      return { type: "array", ...described, items: entry(wire.value, wire.keyWords, options) };
    case "unwrap":
      return { type: "object", ...described, ...closed([[wire.key, printNode(wire.node, options)]], [wire.key]) };
    case "union":
      return {
        ...described,
        anyOf: nested(
          wire.branches.map((branch) => printNode(branch, options)),
          options.forms.limits.anyOfBranches,
        ),
      };
    case "ref":
      return { $ref: `#/$defs/${wire.to}`, ...(options.forms.switches.refSiblings && described) };
  }
}

function jsonText(wire: Extract<Wire, { kind: "json" }>): SchemaObject {
  const text = withRemark(wire.description, wire.remark);
  if (wire.enum !== undefined) return { type: "string", ...(text !== undefined && { description: text }), enum: wire.enum };
  const what = wire.of?.length === 1 && wire.of[0] === "object" ? "JSON object as text" : "JSON as text";
  return { type: "string", description: withRemark(text, what) };
}

/** The keywords of an object with these properties and no others; constants that have to be there come first. */
function closed(properties: readonly (readonly [string, SchemaObject])[], required: readonly string[]): SchemaObject {
  const isTelling = ([key, schema]: readonly [string, SchemaObject]): boolean =>
    required.includes(key) && schema["type"] === "string" && Array.isArray(schema["enum"]) && schema["enum"].length === 1;
  const ordered = [...properties.filter(isTelling), ...properties.filter((property) => !isTelling(property))];
  const names = ordered.map(([key]) => key).filter((key) => required.includes(key));
  const table = Object.fromEntries(ordered);
  return { properties: table, ...(names.length > 0 && { required: names }), additionalProperties: false };
}

function objectBody(wire: WireObject, options: PrintOptions): SchemaObject {
  const properties = wire.fields.map((field) => [field.key, printField(field, options)] as const);
  const required = wire.fields.filter((field) => field.required).map((field) => field.key);
  if (wire.extras === undefined) return closed(properties, required);
  const { key, value, description } = wire.extras;
  const list = { type: "array", description, items: entry(value, undefined, options) };
  return closed([...properties, [key, list]], required);
}

function printField(field: WireField, options: PrintOptions): SchemaObject {
  const schema = printNode(field.node, options);
  if (!field.nullable) return schema;
  const { description, ...bare } = schema;
  const branches = Array.isArray(bare["anyOf"]) ? bare["anyOf"] : [bare];
  return {
    ...(description !== undefined && { description }),
    anyOf: nested([...branches, { type: "null" }], options.forms.limits.anyOfBranches),
  };
}

function membersBody(wire: Extract<Wire, { kind: "members" }>, options: PrintOptions): SchemaObject {
  const properties = wire.items.map((item, index) => [wire.keys[index] ?? "", printNode(item, options)] as const);
  const required = wire.keys.slice(0, wire.least);
  if (wire.rest === undefined) return closed(properties, required);
  return closed([...properties, [wire.rest.key, { type: "array", items: printNode(wire.rest.item, options) }]], required);
}

function entry(value: Wire, keyWords: string | undefined, options: PrintOptions): SchemaObject {
  const key = { type: "string", ...(keyWords !== undefined && { description: keyWords }) };
  const members = [["key", key] as const, ["value", printNode(value, options)] as const];
  return { type: "object", ...closed(members, ["key", "value"]) };
}

/** Branches beyond the limit move into an `anyOf` of their own, at the last place. */
function nested(branches: readonly SchemaObject[], most: number): readonly SchemaObject[] {
  if (branches.length <= most || most < 2) return branches;
  return [...branches.slice(0, most - 1), { anyOf: nested(branches.slice(most - 1), most) }];
}
