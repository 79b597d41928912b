import { either, json } from "./conditions.js";
import type { Place } from "./place.js";
import type { PlainFunction } from "./plain-function.js";

/** Where a number, a length or a count is too large or too small. */
const limits: Readonly<Record<string, readonly [broken: string, demanded: string]>> = {
  maximum: [">", "<="],
  minimum: ["<", ">="],
  exclusiveMaximum: [">=", "<"],
  exclusiveMinimum: ["<=", ">"],
};

/** Keywords that judge a value by itself. */
export function printValueKeyword(text: PlainFunction, place: Place, keyword: string, group: string): void {
  const { schema, data } = place;
  const value = schema[keyword];
  const number = Number(value);
  switch (keyword) {
    case "maximum":
    case "minimum":
    case "exclusiveMaximum":
    case "exclusiveMinimum": {
      const [broken, demanded] = limits[keyword] ?? ["", ""];
      return text.failIf(place, keyword, `${data} ${broken} ${number} || isNaN(${data})`, `comparison: "${demanded}", limit: ${number}`);
    }
    case "multipleOf": {
      const rest = text.newName("res");
      text.lines.push(`let ${rest};`);
      const condition = `(${number} === 0 || (${rest} = ${data}/${number}, ${rest} !== parseInt(${rest})))`;
      return text.failIf(place, keyword, condition, `multipleOf: ${number}`);
    }
    case "maxLength":
    case "minLength":
      return failLimit(text, place, keyword, `${text.module.constant(text, "func", "$v.ucs2length")}(${data})`);
    case "maxItems":
    case "minItems":
      return failLimit(text, place, keyword, `${data}.length`);
    case "maxProperties":
    case "minProperties":
      return failLimit(text, place, keyword, `Object.keys(${data}).length`);
    case "pattern": {
      const pattern = text.module.pattern(text, value as string);
      return text.failIf(place, keyword, `!${pattern}.test(${data})`, `pattern: ${json(value)}`);
    }
    case "format": {
      const check = text.module.format(text, value as string, group);
      if (check !== undefined) text.failIf(place, keyword, `!(${check}(${data}))`, `format: ${json(value)}`);
      return;
    }
  }
}

function failLimit(text: PlainFunction, place: Place, keyword: string, size: string): void {
  const limit = Number(place.schema[keyword]);
  text.failIf(place, keyword, `${size} ${keyword.startsWith("max") ? ">" : "<"} ${limit}`, `limit: ${limit}`);
}

export function printConst(text: PlainFunction, place: Place, value: unknown): void {
  const allowed = value === null ? text.part(place, "const") : json(value);
  text.failIf(place, "const", `${json(value)} !== ${place.data}`, `allowedValue: ${allowed}`);
}

export function printEnum(text: PlainFunction, place: Place, values: readonly unknown[]): void {
  const all = text.part(place, "enum");
  text.failIf(place, "enum", `!(${either(values.map((value) => `${place.data} === ${json(value)}`))})`, `allowedValues: ${all}`);
}
