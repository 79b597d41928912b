import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import type { Conversion, Spot } from "./conversion.js";
import { noJsonForm } from "./no-json-form.js";

/** On the wire a text, in the result a `Date`. */
export function dateSchema(): SchemaObject {
  return { type: "string", format: "date-time", "x-revive": "Date" };
}

/** An object type with a runtime class's methods: a date or a list where it is one in all but name, else refused. */
export function convertRuntimeClass(c: Conversion, type: ts.Type, spot: Spot): SchemaObject | undefined {
  const name = runtimeClass(c, type);
  if (name === undefined) return undefined;
  if (name === "Date") return dateSchema();
  const item = listItem(c, type);
  if (item) return { type: "array", items: c.convert(item, { node: spot.node }) };
  return noJsonForm(c, c.checker.typeToString(type), spot);
}

/**
 * The class of the runtime that an object type has methods of, whatever it is called or was made by: `Date` for
 * `DeepPartial<Date>`, `Array` for `interface Rows extends Array<Row> {}`.
 */
function runtimeClass(c: Conversion, type: ts.Type): string | undefined {
  const { ts } = c;
  for (const property of c.checker.getPropertiesOfType(type)) {
    const method = c.isLib(property) ? property.declarations?.find((declaration) => ts.isMethodSignature(declaration)) : undefined;
    // Anything has the methods of Object.
    if (method && ts.isInterfaceDeclaration(method.parent) && method.parent.name.text !== "Object") return method.parent.name.text;
  }
  return undefined;
}

/** The type of the items of an interface that extends a list; undefined for any other type, and where it adds to the list. */
function listItem(c: Conversion, type: ts.Type): ts.Type | undefined {
  if (!c.checker.isArrayLikeType(type)) return undefined;
  const isList = c.checker.getPropertiesOfType(type).every((property) => c.isLib(property));
  return isList ? type.getNumberIndexType() : undefined;
}
