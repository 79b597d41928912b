import type { JsonSchema } from "../../read/schema-document.js";
import { access, either, json, pointerStep } from "./conditions.js";
import { isAlwaysValid } from "./is-plain.js";
import type { Place } from "./place.js";
import type { PlainFunction } from "./plain-function.js";

export function printItems(text: PlainFunction, place: Place, schema: JsonSchema): void {
  if (isAlwaysValid(schema)) return;
  const { lines } = text;
  const isItemValid = text.newName("valid");
  const areAllValid = text.newName("valid");
  const length = text.newName("len");
  const index = text.newName("i");
  lines.push(`let ${areAllValid} = true;`, `const ${length} = ${place.data}.length;`);
  lines.push(`for(let ${index}=0; ${index}<${length}; ${index}++){`);
  text.subschema(text.within(place, schema, "items", { member: `[${index}]`, step: `"/" + ${index}` }), isItemValid);
  lines.push(`if(!${isItemValid}){`, `${areAllValid} = false;`, "}", "}");
}

export function printProperties(text: PlainFunction, place: Place, properties: Readonly<Record<string, JsonSchema>>): void {
  const judged = Object.entries(properties).filter(([, schema]) => !isAlwaysValid(schema));
  if (judged.length === 0) return;
  text.newName("valid");
  for (const [key, schema] of judged) {
    const value = access(key);
    text.lines.push(`if(${place.data}${value} !== undefined){`);
    const inner = text.within(place, schema, "properties", { member: value, step: json(pointerStep(key)) });
    const fragment = `${inner.fragment}/${encodeURIComponent(pointerStep(key).slice(1))}`;
    text.subschema({ ...inner, fragment });
    text.lines.push("}");
  }
}

export function printAdditionalProperties(text: PlainFunction, place: Place, schema: JsonSchema): void {
  text.countName();
  if (isAlwaysValid(schema)) return;
  const key = text.newName("key");
  const known = Object.keys((place.schema["properties"] as object | undefined) ?? {});
  text.lines.push(`for(const ${key} in ${place.data}){`);
  if (known.length > 0) text.lines.push(`if(!(${isKnown(text, place, key, known)})){`);
  if (schema === false) text.fail(place, "additionalProperties", `additionalProperty: ${key}`);
  else {
    text.newName("valid");
    const step = `"/" + ${key}.replace(/~/g, "~0").replace(/\\//g, "~1")`;
    text.subschema(text.within(place, schema, "additionalProperties", { member: `[${key}]`, step }));
  }
  if (known.length > 0) text.lines.push("}");
  text.lines.push("}");
}

function isKnown(text: PlainFunction, place: Place, key: string, known: readonly string[]): string {
  if (known.length <= 8) return either(known.map((one) => `${key} === ${json(one)}`));
  const hasOwn = text.module.constant(text, "func", "Object.prototype.hasOwnProperty");
  return `${hasOwn}.call(${text.part(place, "properties")}, ${key})`;
}

export function printRequired(text: PlainFunction, place: Place, keys: readonly string[]): void {
  for (const key of keys) text.failIf(place, "required", `${place.data}${access(key)} === undefined`, `missingProperty: ${json(key)}`);
}
