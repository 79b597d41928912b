import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic, type DiagnosticCode } from "../diagnostics/report.js";
import type { JsonSchema, SchemaDocument, SchemaObject } from "../read/schema-document.js";
import { formatNames } from "./formats.js";
import { readPattern } from "./pattern-text.js";
import { definitions, keyword, pointerToken, resolve, schemaMap, stringList, subschema, subschemas } from "./schema-facts.js";
import { schemaObjects } from "../read/schema-objects.js";
import { streamParts } from "./stream-parts.js";
import { tagOfUnion } from "./union-tag.js";

/** A document's schema as Ajv takes it: every definition and every part a schema of its own `$id`, so that its code exists once. */
export interface AjvProjection {
  /** `draft-07` unless the schema says what only the 2020-12 class of Ajv can judge: that one's output can't be tree-shaken. */
  readonly dialect: "draft-07" | "2020-12";
  /** By `$id`; the root, `/r`, first. */
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  /** `true`: keys such as `constructor` are spoken of, so inherited properties must not count as present. */
  readonly ownProperties: boolean;
  /** What a stream judges when it is complete: path in the value → `$id`. See `streamParts`. */
  readonly parts: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

export const rootId = "/r";

/** What only the 2020-12 class knows. */
const modernKeywords = ["unevaluatedProperties", "unevaluatedItems", "minContains", "maxContains", "$dynamicRef", "$dynamicAnchor"];

/** Keywords that are taken as they are when their value is of this type. What is in no list here does not validate and is left out. */
const plainKeywords: ReadonlyMap<string, string> = new Map([
  ...["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength"].map(
    (name) => [name, "number"] as const,
  ),
  ...["maxItems", "minItems", "maxProperties", "minProperties", "maxContains", "minContains"].map((name) => [name, "number"] as const),
  ...["$dynamicRef", "$dynamicAnchor"].map((name) => [name, "string"] as const),
  ["uniqueItems", "boolean"],
]);

const singleKeywords = [
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
];

interface Projecting {
  readonly document: SchemaDocument;
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  readonly definitionIds: ReadonlyMap<string, string>;
  readonly partIds: ReadonlyMap<SchemaObject, string>;
  readonly modern: boolean;
  /** Ids that something refers to, in the order in which they were met. */
  readonly wanted: Set<string>;
  readonly diagnostics: Map<string, Diagnostic>;
}

export function forAjv(document: SchemaDocument): AjvProjection {
  const defs = definitions(document.schema);
  const all = schemaObjects(document.schema);
  const definitionIds = new Map([...defs.keys()].map((key, index) => [key, `/d${index}`]));
  const parts = streamParts(document.schema, defs);
  const partIds = new Map([...new Set(parts.values())].map((part, index) => [part, idOfPart(part, index, defs, definitionIds)]));
  const at: Projecting = {
    document,
    definitions: defs,
    definitionIds,
    partIds,
    modern: all.some((schema) => modernKeywords.some((name) => Object.hasOwn(schema, name))),
    wanted: new Set([rootId, ...partIds.values()]),
    diagnostics: new Map(),
  };
  const sources = new Map<string, readonly [JsonSchema, string]>([
    [rootId, [document.schema, ""]],
    ...[...defs].map(([key, schema]) => [definitionIds.get(key) ?? "", [schema, `/$defs/${pointerToken(key)}`]] as const),
  ]);
  for (const [part, id] of partIds) if (!sources.has(id)) sources.set(id, [part, ""]);
  const schemas = new Map<string, JsonSchema>();
  // Grows while it is walked: projecting one schema may want others.
  for (const id of at.wanted) {
    const [schema, pointer] = sources.get(id) ?? [true, ""];
    schemas.set(id, typeof schema === "boolean" ? schema : projectKeywords(schema, pointer, at));
  }
  return {
    dialect: at.modern ? "2020-12" : "draft-07",
    schemas,
    ownProperties: all.some(speaksOfInherited),
    parts: new Map([...parts].map(([path, part]) => [path, partIds.get(part) ?? rootId])),
    diagnostics: [...at.diagnostics.values()],
  };
}

/** A part that is nothing but a reference is judged by what it refers to. */
function idOfPart(part: SchemaObject, index: number, defs: ReadonlyMap<string, JsonSchema>, ids: ReadonlyMap<string, string>): string {
  const target = resolve(defs, keyword(part, "$ref"));
  const bare = Object.keys(part).every((name) => name === "$ref" || !isJudging(name));
  return (bare && target ? ids.get(target.key) : undefined) ?? `/p${index}`;
}

function isJudging(name: string): boolean {
  return (
    !["title", "description", "default", "examples", "deprecated", "$comment", "readOnly", "writeOnly"].includes(name) &&
    !name.startsWith("x-")
  );
}

function speaksOfInherited(schema: SchemaObject): boolean {
  const keys = [...stringList(schema, "required"), ...schemaMap(schema, "properties").map(([key]) => key)];
  for (const name of ["dependentRequired", "dependentSchemas"]) {
    for (const [key, value] of Object.entries((keyword(schema, name) as object | undefined) ?? {}))
      keys.push(key, ...(Array.isArray(value) ? value.filter((one) => typeof one === "string") : []));
  }
  return keys.some((key) => key in Object.prototype);
}

function project(schema: JsonSchema, pointer: string, at: Projecting): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const part = at.partIds.get(schema);
  if (part !== undefined) return { $ref: part };
  return projectKeywords(schema, pointer, at);
}

function projectKeywords(schema: SchemaObject, pointer: string, at: Projecting): SchemaObject {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (typeof value === plainKeywords.get(name)) out[name] = value;
  }
  projectReference(schema, out, at);
  projectValues(schema, out);
  projectText(schema, pointer, out, at);
  for (const name of singleKeywords) {
    const part = subschema(schema, name);
    if (part !== undefined) out[name] = project(part, `${pointer}/${name}`, at);
  }
  projectObject(schema, pointer, out, at);
  projectList(schema, pointer, out, at);
  projectUnions(schema, pointer, out, at);
  return out;
}

function projectReference(schema: SchemaObject, out: Record<string, unknown>, at: Projecting): void {
  const target = resolve(at.definitions, keyword(schema, "$ref"));
  const id = target ? at.definitionIds.get(target.key) : keyword(schema, "$ref") === "#" ? rootId : undefined;
  if (id === undefined) return;
  at.wanted.add(id);
  out["$ref"] = id;
}

function projectValues(schema: SchemaObject, out: Record<string, unknown>): void {
  const type = keyword(schema, "type");
  if (typeof type === "string" || (Array.isArray(type) && type.length > 0)) out["type"] = type;
  const values = keyword(schema, "enum");
  // Ajv refuses to compile an empty list; nothing is in it.
  if (Array.isArray(values)) Object.assign(out, values.length > 0 ? { enum: values } : { not: {} });
  if (Object.hasOwn(schema, "const")) out["const"] = schema["const"];
  const required = stringList(schema, "required");
  if (required.length > 0) out["required"] = [...new Set(required)];
}

function projectText(schema: SchemaObject, pointer: string, out: Record<string, unknown>, at: Projecting): void {
  const pattern = keyword(schema, "pattern");
  const readable = typeof pattern === "string" ? patternFor(pattern, `${pointer}/pattern`, at) : undefined;
  if (readable !== undefined) out["pattern"] = readable;
  const format = keyword(schema, "format");
  if (typeof format !== "string") return;
  if (formatNames.has(format)) out["format"] = format;
  else tell("emit/format-unknown", `${pointer}/format`, { format }, at);
}

function patternFor(pattern: string, pointer: string, at: Projecting): string | undefined {
  const text = readPattern(pattern);
  if ("pattern" in text) return text.pattern;
  tell("emit/pattern-dropped", pointer, { pattern, problem: text.problem }, at);
  return undefined;
}

/** Once for each kind and fact: a format may stand in a schema a thousand times. */
function tell(code: DiagnosticCode, pointer: string, facts: Readonly<Record<string, string>>, at: Projecting): void {
  const key = `${code} ${Object.values(facts)[0] ?? ""}`;
  if (!at.diagnostics.has(key)) at.diagnostics.set(key, diagnostic(code, at.document.locate(pointer), facts));
}

function projectObject(schema: SchemaObject, pointer: string, out: Record<string, unknown>, at: Projecting): void {
  const properties = schemaMap(schema, "properties").map(
    ([key, part]) => [key, project(part, `${pointer}/properties/${pointerToken(key)}`, at)] as const,
  );
  // Ajv passes over a property of this name (it sets prototypes in careless code), but not over a pattern that is equal to it.
  const plain = properties.filter(([key]) => key !== "__proto__");
  const special = properties.filter(([key]) => key === "__proto__").map(([, part]) => ["^__proto__$", part] as const);
  if (plain.length > 0) out["properties"] = Object.fromEntries(plain);
  const patterns = schemaMap(schema, "patternProperties").flatMap(([key, part]) => {
    const path = `${pointer}/patternProperties/${pointerToken(key)}`;
    const readable = patternFor(key, path, at);
    return readable === undefined ? [] : [[readable, project(part, path, at)] as const];
  });
  if (patterns.length + special.length > 0) out["patternProperties"] = Object.fromEntries([...special, ...patterns]);
  const dependencies = new Map<string, unknown>();
  for (const [key, part] of schemaMap(schema, "dependentSchemas"))
    dependencies.set(key, project(part, `${pointer}/dependentSchemas/${pointerToken(key)}`, at));
  const required = keyword(schema, "dependentRequired");
  for (const [key, list] of Object.entries(typeof required === "object" && required !== null ? required : {})) {
    if (!Array.isArray(list)) continue;
    const beside = dependencies.get(key);
    dependencies.set(key, beside === undefined ? list : { allOf: [beside, { required: list }] });
  }
  if (dependencies.size > 0) out["dependencies"] = Object.fromEntries(dependencies);
}

function projectList(schema: SchemaObject, pointer: string, out: Record<string, unknown>, at: Projecting): void {
  const prefix = subschemas(schema, "prefixItems").map((part, index) => project(part, `${pointer}/prefixItems/${index}`, at));
  const items = subschema(schema, "items");
  const rest = items === undefined ? undefined : project(items, `${pointer}/items`, at);
  if (prefix.length === 0) {
    if (rest !== undefined) out["items"] = rest;
  } else if (at.modern) {
    Object.assign(out, { prefixItems: prefix }, rest !== undefined && { items: rest });
  } else {
    Object.assign(out, { items: prefix }, rest !== undefined && { additionalItems: rest });
  }
}

function projectUnions(schema: SchemaObject, pointer: string, out: Record<string, unknown>, at: Projecting): void {
  const all = subschemas(schema, "allOf").map((part, index) => project(part, `${pointer}/allOf/${index}`, at));
  for (const name of ["anyOf", "oneOf"]) {
    const branches = subschemas(schema, name);
    if (branches.length === 0) continue;
    const projected = branches.map((branch, index) => project(branch, `${pointer}/${name}/${index}`, at));
    const tag = at.modern ? undefined : tagOfUnion(branches, at.definitions);
    if (!tag) {
      out[name] = projected;
      continue;
    }
    // Only the branch of the tag is looked at; the enum tells what the tag may be, which the discriminator's own error doesn't.
    const tagged = {
      type: "object",
      required: [tag.key],
      properties: { [tag.key]: { enum: tag.values } },
      discriminator: { propertyName: tag.key },
      oneOf: projected,
    };
    if (Object.keys(tagged).some((key) => Object.hasOwn(out, key))) all.push(tagged);
    else Object.assign(out, tagged);
  }
  if (all.length > 0) out["allOf"] = all;
}
