import type { Lowering } from "../lower/lowering.js";
import { isSchemaObject } from "../read/is-schema-object.js";
import type { SchemaObject } from "../read/schema-document.js";
import { exportedConstant, joined, ownConstant } from "./forms.js";
import { Expression, literal, quote } from "./text.js";
import type { ValueNames } from "./value-names.js";

/** Where a schema begins on the line `    parameters: …`. */
const PARAMETERS_COLUMN = "    parameters: ".length;

export interface ToolsRequest {
  readonly type: string;
  readonly names: ValueNames;
  readonly lowering: Lowering;
}

/**
 * The tool definitions of one type: `userTool`, exported because people read it and send it elsewhere, and `userListTool`. What the two
 * schemas share is a constant that both name; nothing is read or copied where a bundler would see an effect, so that what nobody uses is dropped.
 */
export function emitTools({ type, names, lowering }: ToolsRequest): readonly string[] {
  const description = ownDescription(lowering, type);
  const { $defs: defs, ...schema } = withoutDescription(lowering.one.schema, [description, type]);
  const { $defs: listDefs, ...listSchema } = lowering.list.schema;
  const shared = `${names.value}Schema`;
  const sharedDefs = defs === undefined ? undefined : `${names.value}Defs`;
  const one = `One ${type} as the model sees it${defs === undefined ? "" : ", without its `$defs`"}.`;
  const listParameters = literal(
    shareWithOne({ type, description, listSchema, listDefs, schema, defs, shared, sharedDefs }),
    4,
    PARAMETERS_COLUMN,
  );
  const listTool = tool({
    name: names.listTool,
    description: `Every ${type} in the text. ${description}`.trim(),
    strict: lowering.list.strict,
    parameters: listParameters,
  });
  return [
    ...(sharedDefs === undefined ? [] : [schemaPart(sharedDefs, `What the schemas of ${type} have in common.`, defs)]),
    schemaPart(shared, one, schema),
    exportedConstant({
      doc: "Sent to the model as it stands.",
      name: `${names.value}Tool`,
      type: "$.ToolDefinition",
      value: tool({
        name: names.tool,
        description: description === "" ? `Records one ${type}.` : description,
        strict: lowering.one.strict,
        parameters: sharedDefs === undefined ? shared : joined(shared, `{ $defs: ${sharedDefs} }`),
      }),
    }),
    ownConstant({ name: `${names.value}ListTool`, type: "$.ToolDefinition", value: listTool }),
  ];
}

/** What the tool is for in the schema's own words, unless they are only the type's name again. */
function ownDescription({ one }: Lowering, type: string): string {
  const said = one.schema["description"];
  return typeof said === "string" && said.trim() !== "" && said !== type ? said : "";
}

function schemaPart(name: string, doc: string, value: unknown): string {
  return ownConstant({ doc, name, type: "$.JsonObject", value: literal(value, 0, name.length + 23) });
}

/** The tool says it already; said again in the schema it would only cost tokens. */
function withoutDescription(schema: SchemaObject, said: readonly string[]): SchemaObject {
  const { description: own, ...rest } = schema;
  return typeof own === "string" && said.includes(own) ? rest : schema;
}

function tool(facts: { name: string; description: string; strict: boolean; parameters: string }): string {
  return `{
  type: "function",
  function: {
    name: ${quote(facts.name)},
    description: ${quote(facts.description)},
    strict: ${facts.strict},
    parameters: ${facts.parameters},
  },
}`;
}

interface Sharing {
  readonly type: string;
  readonly description: string;
  readonly listSchema: SchemaObject;
  readonly listDefs: unknown;
  readonly schema: SchemaObject;
  readonly defs: unknown;
  readonly shared: string;
  readonly sharedDefs: string | undefined;
}

/** The list's schema with references to constants in place of what equals them. */
function shareWithOne({ type, description, listSchema, listDefs, schema, defs, shared, sharedDefs }: Sharing): unknown {
  const properties = isSchemaObject(listSchema["properties"]) ? listSchema["properties"] : {};
  const list = isSchemaObject(properties["items"]) ? properties["items"] : {};
  const item = isSchemaObject(list["items"]) ? list["items"] : {};
  const sameItem = equal(withoutDescription(item, [description, type]), schema);
  return {
    ...listSchema,
    properties: { ...properties, items: { ...list, ...(sameItem && { items: new Expression(shared) }) } },
    ...(listDefs !== undefined && { $defs: sharedDefs !== undefined && equal(listDefs, defs) ? new Expression(sharedDefs) : listDefs }),
  };
}

/** Both sides are JSON made by the lowering, whose key order is fixed. */
function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
