import type { JsonSchema, SchemaDocument, SchemaObject } from "../read/schema-document.js";
import { agreementParts, type Parts } from "./agreement-parts.js";
import { definitionKey, definitions, isSchemaObject, keyword, schemaMap, stringList, subschema, subschemas } from "./schema-facts.js";
import { declaring, running, typed } from "./forms.js";
import { identifier, propertyKey, quote } from "./text.js";
import type { TypeNames } from "./type-names.js";

/**
 * For each document read from TypeScript: its schema as a type, and an exported constant that compiles only while the user's
 * own type agrees with it. A part that is itself such a document's type is named by the user's type: it is proved on its own.
 *
 * @param names of the file's types
 * @param valueName `User` → `user`, the prefix of the type's constants
 */
export function emitAgreements(
  documents: readonly SchemaDocument[],
  names: TypeNames,
  valueName: (type: string) => string,
): readonly string[] {
  const imported = documents.filter((document) => document.typeImport !== undefined);
  const proved = new Map(imported.map((document) => [document.name, { type: names.of(document).root, body: bodyText(document) }]));
  const taken = new Set(documents.flatMap((document) => [names.of(document).root, ...names.of(document).definitions.values()]));
  const holds = freeName("Holds", taken);
  const sections = imported.map((document) => {
    const type = names.of(document).root;
    const defs = definitions(document.schema);
    const own = definitionKey(isSchemaObject(document.schema) ? keyword(document.schema, "$ref") : undefined);
    const root = own === undefined ? document.schema : (defs.get(own) ?? true);
    const provedAs = (key: string): string | undefined => {
      const known = proved.get(key);
      return known && known.body === JSON.stringify(defs.get(key)) ? known.type : undefined;
    };
    const parts = agreementParts({
      root,
      definitions: defs,
      type,
      isProved: (key) => provedAs(key) !== undefined,
      nameOf: (part) => freeName(`${type}${identifier(part)}Part`, taken),
    });
    const shapes = new Map<string, string>();
    const nameOf = (key: string): string => {
      const known = provedAs(key) ?? parts.get(key)?.name;
      if (known !== undefined) return known;
      const name = shapes.get(key) ?? freeName(`${type}${identifier(key)}Shape`, taken);
      shapes.set(key, name);
      return name;
    };
    return emitAgreement({ root, defs, type, value: valueName(type), holds, taken, shapes, parts, nameOf });
  });
  // In a declaration file everything counts as exported until something says otherwise.
  return sections.length === 0 ? [] : [declaring(`type ${holds}<Proof extends true> = Proof;\nexport {};\n`), ...sections];
}

interface AgreementRequest {
  readonly root: JsonSchema;
  readonly defs: ReadonlyMap<string, JsonSchema>;
  readonly type: string;
  readonly value: string;
  /** In declarations, where no value can be held against a type: a type that takes `true` only. */
  readonly holds: string;
  readonly taken: Set<string>;
  /** Names of the definitions that are printed here, filled as they are met. */
  readonly shapes: ReadonlyMap<string, string>;
  readonly parts: Parts;
  readonly nameOf: (key: string) => string;
}

function emitAgreement({ root, defs, type, value, holds, taken, shapes, parts, nameOf }: AgreementRequest): string {
  const print = (schema: JsonSchema): string => printType(schema, { nameOf, parts, top: schema }, 0);
  const pairs: [type: string, shape: string][] = [[type, freeName(`${type}Shape`, taken)]];
  const declarations = [`/** The schema of ${type}, as a type. */\ntype ${pairs[0]?.[1]} = ${print(root)};\n`];
  for (const part of parts.values()) {
    const shape = freeName(part.name.replace(/Part\d*$/, "Shape"), taken);
    pairs.push([part.name, shape]);
    declarations.push(`type ${part.name} = ${part.path};\n`, `type ${shape} = ${print(part.schema)};\n`);
  }
  // A map iterates over what is added while it is iterated.
  for (const [key, name] of shapes) declarations.push(`type ${name} = ${print(defs.get(key) ?? true)};\n`);
  const list = pairs.map(([one, shape]) => `\n  [${one}, ${shape}],`).join("");
  const agreement = pairs.length === 1 ? `$.Agreement<${pairs[0]?.join(", ")}>` : `$.Agreements<[${list}\n]>`;
  const head = `${declaring("declare ")}const ${value}Agrees`;
  const proof =
    typed(`/** Fails to compile when ${type} has changed since this file was generated: run \`schemacast generate\`. */\n`) +
    `export ${head}${typed(`: ${declaring(`${holds}<`)}${agreement}${declaring(">")}`)}${running(" = true")};\n`;
  return `${typed(declarations.join(""))}${proof}`;
}

/** What a definition of the same type looks like in another document. */
function bodyText(document: SchemaDocument): string {
  const { schema } = document;
  if (!isSchemaObject(schema)) return JSON.stringify(schema);
  const key = definitionKey(keyword(schema, "$ref"));
  if (key !== undefined) return JSON.stringify(definitions(schema).get(key));
  return JSON.stringify({ ...schema, $defs: undefined });
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}${count}`;
  taken.add(free);
  return free;
}

interface Printing {
  readonly nameOf: (key: string) => string;
  readonly parts: Parts;
  /** What is printed: as part of itself it has no name. */
  readonly top: JsonSchema;
}

function printType(schema: JsonSchema, printing: Printing, depth: number): string {
  if (typeof schema === "boolean") return schema ? "unknown" : "never";
  const part = schema === printing.top ? undefined : printing.parts.get(schema);
  if (part) return part.name;
  if (schema["x-revive"] === "Date") return "Date";
  const key = definitionKey(keyword(schema, "$ref"));
  if (key !== undefined) return printing.nameOf(key);
  if (Object.hasOwn(schema, "const")) return printLiteral(schema["const"]);
  const values = keyword(schema, "enum");
  if (Array.isArray(values)) return union(values.map(printLiteral));
  const branches = subschemas(schema, "anyOf");
  if (branches.length > 0) return union(branches.map((branch) => printType(branch, printing, depth)));
  const types = [keyword(schema, "type")].flat();
  return union(types.map((type) => printKind(schema, type, printing, depth)));
}

function printKind(schema: SchemaObject, type: unknown, printing: Printing, depth: number): string {
  switch (type) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return type;
    case "integer":
      return "number";
    case "array":
      return printList(schema, printing, depth);
    case "object":
      return printObject(schema, printing, depth);
    default:
      return "unknown";
  }
}

function printList(schema: SchemaObject, printing: Printing, depth: number): string {
  const prefix = subschemas(schema, "prefixItems");
  const rest = subschema(schema, "items") ?? true;
  const restText = rest === false ? undefined : `${group(printType(rest, printing, depth))}[]`;
  if (prefix.length === 0) return restText ?? "[]";
  const minimum = keyword(schema, "minItems");
  const required = typeof minimum === "number" ? minimum : 0;
  const items = prefix.map((item, index) => `${group(printType(item, printing, depth))}${index < required ? "" : "?"}`);
  return `[${[...items, ...(restText === undefined ? [] : [`...${restText}`])].join(", ")}]`;
}

function printObject(schema: SchemaObject, printing: Printing, depth: number): string {
  const required = stringList(schema, "required");
  const properties = schemaMap(schema, "properties");
  const lines = properties.map(
    ([key, property]) => `${propertyKey(key)}${required.includes(key) ? "" : "?"}: ${printType(property, printing, depth + 1)};`,
  );
  const additional = subschema(schema, "additionalProperties");
  // `true` is what `@open` makes of an object whose type says nothing of further keys; an index signature comes as a schema.
  // Apart from the properties, because these need not be of the index signature's type (`{ id: number } & Record<string, string>`).
  const open = isSchemaObject(additional) ? [`[key: string]: ${printType(additional, printing, depth + 1)};`] : [];
  const parts = [lines, open].filter((part) => part.length > 0);
  return parts.map((part) => braces(part, depth)).join(" & ") || "{}";
}

function braces(lines: readonly string[], depth: number): string {
  const margin = "  ".repeat(depth + 1);
  return `{\n${lines.map((line) => `${margin}${line}\n`).join("")}${"  ".repeat(depth)}}`;
}

function printLiteral(value: unknown): string {
  return typeof value === "string" ? quote(value) : String(value);
}

function union(parts: readonly string[]): string {
  return [...new Set(parts)].join(" | ") || "unknown";
}

function group(text: string): string {
  return /[|&]/.test(text) ? `(${text})` : text;
}
