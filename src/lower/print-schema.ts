import type { SchemaObject } from "../read/schema-document.js";
import { own, setOwn } from "./json.js";
import { withRemark } from "./rules/constraint-to-description.js";
import { isTelling } from "./rules/key-order.js";
import type { AcceptedForms } from "./accepted-forms.js";
import type { Wire, WireDocument, WireField, WireObject } from "./wire.js";

/** How a lowered schema is written down. */
export interface PrintOptions {
  readonly forms: AcceptedForms;
  /** What references lead into. */
  readonly document: WireDocument;
}

/** The schema that is sent: a root, and the definitions it refers to, in the order in which a reader comes to them. */
export function printSchema(document: WireDocument, { forms }: Pick<PrintOptions, "forms">): SchemaObject {
  const options = { forms, document };
  const root = printNode(document.root, options);
  if (Object.keys(document.defs).length === 0) return root;
  const defs: { [name: string]: unknown } = {};
  const reached = new Set<string>();
  reach(root, reached);
  // A set iterates over what is added while it is iterated.
  for (const name of reached) {
    const def = own(document.defs, name);
    if (def === undefined) continue;
    const printed = printNode(def, options);
    setOwn(defs, name, printed);
    reach(printed, reached);
  }
  return { ...root, $defs: defs };
}

const definition = "#/$defs/";

/** Adds the names of the definitions that a printed schema refers to. */
function reach(printed: unknown, names: Set<string>): void {
  if (typeof printed !== "object" || printed === null) return;
  for (const [key, value] of Object.entries(printed)) {
    if (key === "$ref" && typeof value === "string") names.add(value.slice(definition.length));
    else reach(value, names);
  }
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
      return { $ref: definition + wire.to, ...(options.forms.switches.refSiblings && described) };
  }
}

function jsonText(wire: Extract<Wire, { kind: "json" }>): SchemaObject {
  const text = withRemark(wire.description, wire.remark);
  if (wire.enum !== undefined) return { type: "string", ...(text !== undefined && { description: text }), enum: wire.enum };
  const what = wire.of?.length === 1 && wire.of[0] === "object" ? "JSON object as text" : "JSON as text";
  return { type: "string", description: withRemark(text, what) };
}

/** The keywords of an object with these properties and no others. */
function closed(properties: readonly (readonly [string, SchemaObject])[], required: readonly string[]): SchemaObject {
  const names = properties.map(([key]) => key).filter((key) => required.includes(key));
  return { properties: Object.fromEntries(properties), ...(names.length > 0 && { required: names }), additionalProperties: false };
}

interface Member {
  readonly key: string;
  readonly node: Wire;
  readonly required: boolean;
  readonly schema: SchemaObject;
}

/** An object that the lowering has made: its constants come first too, as `orderKeys` has it, or lowering it again would move them. */
function closedMembers(members: readonly Member[], { document }: PrintOptions): SchemaObject {
  const telling = members.filter((member) => isTelling(member, document));
  const ordered = [...telling, ...members.filter((member) => !telling.includes(member))];
  return closed(
    ordered.map(({ key, schema }) => [key, schema] as const),
    members.filter(({ required }) => required).map(({ key }) => key),
  );
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

function membersBody({ items, keys, least, rest }: Extract<Wire, { kind: "members" }>, options: PrintOptions): SchemaObject {
  const members = items.map((node, index): Member => {
    return { key: keys[index] ?? "", node, required: index < least, schema: printNode(node, options) };
  });
  if (rest === undefined) return closedMembers(members, options);
  const list: Wire = { kind: "list", origin: rest.item.origin, item: rest.item };
  return closedMembers([...members, { key: rest.key, node: list, required: false, schema: printNode(list, options) }], options);
}

function entry(value: Wire, keyWords: string | undefined, options: PrintOptions): SchemaObject {
  const key: Wire = { kind: "scalar", type: "string", origin: value.origin };
  const words = { type: "string", ...(keyWords !== undefined && { description: keyWords }) };
  const members: readonly Member[] = [
    { key: "key", node: key, required: true, schema: words },
    { key: "value", node: value, required: true, schema: printNode(value, options) },
  ];
  return { type: "object", ...closedMembers(members, options) };
}

/** Branches beyond the limit move into an `anyOf` of their own, at the last place. */
function nested(branches: readonly SchemaObject[], most: number): readonly SchemaObject[] {
  if (branches.length <= most || most < 2) return branches;
  return [...branches.slice(0, most - 1), { anyOf: nested(branches.slice(most - 1), most) }];
}
