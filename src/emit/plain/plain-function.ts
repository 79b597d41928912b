import type { JsonSchema, SchemaObject } from "../../read/schema-document.js";
import { isOfNoType, isOfType, joinPath, json } from "./conditions.js";
import { printAdditionalProperties, printItems, printProperties, printRequired } from "./member-keywords.js";
import type { Member, Place } from "./place.js";
import type { PlainModule } from "./plain-module.js";
import { printAllOf, printAnyOf, printOneOf } from "./union-keywords.js";
import { printConst, printEnum, printValueKeyword } from "./value-keywords.js";

/** Keywords by the type of the value they judge, in Ajv's order. */
const groups: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ["number", ["maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf", "format"]],
  ["string", ["maxLength", "minLength", "pattern", "format"]],
  ["array", ["maxItems", "minItems", "items"]],
  ["object", ["maxProperties", "minProperties", "required", "additionalProperties", "properties"]],
];

/**
 * The function that judges by one schema, a statement a line, as Ajv prints it. What `compactValidators` would shorten is short from
 * the beginning; names that it drops are counted, because those after them are numbered on.
 */
export class PlainFunction {
  readonly name: string;
  readonly lines: string[] = [];
  /** Names of the module that the function uses, by kind, in the order of first use, which is the order in which they are declared. */
  readonly uses = new Map<string, Set<string>>();
  isDone = false;
  readonly module: PlainModule;
  /** How many names of each kind are taken. */
  readonly #taken = new Map<string, number>();

  constructor(module: PlainModule) {
    this.module = module;
    this.name = module.newName("validate");
  }

  print(schema: SchemaObject): void {
    const { name, lines } = this;
    lines.push(`function ${name}(data, {instancePath=""}={}){`, "let vErrors = null;", "let errors = 0;");
    this.#keywords({ schema, data: "data", fragment: "#", path: "" });
    lines.push(`${name}.errors = vErrors;`, "return errors === 0;", "}");
    this.isDone = true;
  }

  newName(kind: string): string {
    const count = this.#taken.get(kind) ?? 0;
    this.#taken.set(kind, count + 1);
    return kind + count;
  }

  /** A name for the number of failures up to now. */
  countName(): string {
    return this.newName("_errs");
  }

  fail({ fragment, path }: Place, keyword: string, params: string): void {
    const place = `${instancePath(path)},schemaPath:${json(`${fragment}/${keyword}`)}`;
    this.lines.push(`(vErrors ??= []).push({${place},keyword:"${keyword}",params:{${params}}});`, "errors++;");
  }

  failIf(place: Place, keyword: string, condition: string, params: string): void {
    this.lines.push(`if(${condition}){`);
    this.fail(place, keyword, params);
    this.lines.push("}");
  }

  /** A part of the schema, for a message. */
  part({ schema }: Place, keyword: string): string {
    return this.module.value(schema[keyword]);
  }

  /** @param isValid name of the variable that tells whether the value is valid, where that is asked */
  subschema(place: Place, isValid?: string): void {
    const count = this.countName();
    if (isValid !== undefined) this.lines.push(`const ${count} = errors;`);
    this.#keywords(place);
    if (isValid !== undefined) this.lines.push(`var ${isValid} = ${count} === errors;`);
  }

  #keywords(place: Place): void {
    const { schema, data } = place;
    const { type } = schema;
    const types = Array.isArray(type) ? (type as readonly string[]) : typeof type === "string" ? [type] : [];
    const only = types.length === 1 ? types[0] : undefined;
    const isChecked = types.length > 0 && !groups.some(([name, keywords]) => name === only && hasSome(schema, keywords));
    if (isChecked) this.#failType(place, isOfNoType(types, data));
    if (schema["$ref"] !== undefined) this.#refer(place, schema["$ref"] as string);
    if (type !== undefined) this.countName();
    if (schema["const"] !== undefined) printConst(this, place, schema["const"]);
    if (schema["enum"] !== undefined) printEnum(this, place, schema["enum"] as readonly unknown[]);
    if (schema["anyOf"] !== undefined) printAnyOf(this, place, schema["anyOf"] as readonly JsonSchema[]);
    if (schema["oneOf"] !== undefined) printOneOf(this, place, schema["oneOf"] as readonly JsonSchema[]);
    if (schema["allOf"] !== undefined) printAllOf(this, place, schema["allOf"] as readonly JsonSchema[]);
    for (const [name, keywords] of groups) {
      if (!hasSome(schema, keywords)) continue;
      this.lines.push(`if(${isOfType(name, data)}){`);
      for (const keyword of keywords) if (schema[keyword] !== undefined) this.#keyword(place, keyword, name);
      this.lines.push("}");
      if (isChecked || only !== name) continue;
      this.lines.push("else {");
      this.fail(place, "type", this.#typeParams(place));
      this.lines.push("}");
    }
  }

  #keyword(place: Place, keyword: string, group: string): void {
    const value = place.schema[keyword];
    switch (keyword) {
      case "items":
        return printItems(this, place, value as JsonSchema);
      case "required":
        return printRequired(this, place, value as readonly string[]);
      case "additionalProperties":
        return printAdditionalProperties(this, place, value as JsonSchema);
      case "properties":
        return printProperties(this, place, value as Readonly<Record<string, JsonSchema>>);
      default:
        return printValueKeyword(this, place, keyword, group);
    }
  }

  #failType(place: Place, condition: string): void {
    this.failIf(place, "type", condition, this.#typeParams(place));
  }

  #typeParams(place: Place): string {
    const { type } = place.schema;
    return `type: ${typeof type === "string" ? json(type) : this.part(place, "type")}`;
  }

  #refer({ data, path }: Place, id: string): void {
    const target = this.module.reference(this, id);
    this.lines.push(
      `if(!(${target}(${data}, {${instancePath(path)}}))){`,
      `vErrors = vErrors === null ? ${target}.errors : vErrors.concat(${target}.errors);`,
      "errors = vErrors.length;",
      "}",
    );
  }

  /** A part of the value, judged by a part of the schema. */
  within(place: Place, schema: JsonSchema, keyword: string, { member, step }: Member): Place {
    const data = this.newName("data");
    this.lines.push(`let ${data} = ${place.data}${member};`);
    return {
      schema: schema as SchemaObject, // `true` and, where it can be, `false` were dealt with before.
      data,
      fragment: `${place.fragment}/${keyword}`,
      path: joinPath(place.path, step),
    };
  }

  /** The same value, judged by one of several schemas. */
  branch(place: Place, keyword: string, index: number): Place {
    const schema = (place.schema[keyword] as readonly SchemaObject[])[index] ?? {};
    return {
      ...place,
      schema,
      fragment: `${place.fragment}/${keyword}/${index}`,
    };
  }
}

function instancePath(path: string): string {
  return path === "" ? "instancePath" : `instancePath:${joinPath("instancePath", path)}`;
}

function hasSome(schema: SchemaObject, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => schema[keyword] !== undefined);
}
