import { keyword } from "../schema-facts.js";
import { type Place, withMember } from "./places.js";

/** Values for a place that each are likely to break one rule of its schema. Whether they do is the validator's to say. */
export function* mutations({ schema, value }: Place): Generator {
  yield* otherType(keyword(schema, "type"));
  if (keyword(schema, "enum") !== undefined || keyword(schema, "const") !== undefined) yield* outsiders(value);
  const limit = (name: string): number | undefined => {
    const found = keyword(schema, name);
    return typeof found === "number" ? found : undefined;
  };
  if (typeof value === "number") yield* numbers(value, limit);
  else if (typeof value === "string") yield* texts(value, limit);
  else if (Array.isArray(value)) yield* lists(value, limit);
  else if (typeof value === "object" && value !== null) yield* objects(value);
}

type Limit = (name: string) => number | undefined;

function* otherType(type: unknown): Generator {
  const types = new Set([type].flat());
  if (type === undefined) return;
  if (types.has("integer") && !types.has("number")) yield 0.5;
  if (!types.has("string")) yield "of another type";
  else if (!types.has("number") && !types.has("integer")) yield 0;
  else if (!types.has("boolean")) yield true;
}

function* outsiders(value: unknown): Generator {
  if (typeof value === "string") yield `${value}?`;
  if (typeof value === "number") yield value + 1_000_003;
  if (typeof value === "boolean") yield !value;
}

function* numbers(value: number, limit: Limit): Generator {
  const [least, most, above, below, step] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].map(limit);
  const apart = step ?? 1;
  if (least !== undefined) yield least - apart;
  if (most !== undefined) yield most + apart;
  if (above !== undefined) yield above;
  if (below !== undefined) yield below;
  if (step !== undefined) yield* [value + step / 2, value + 1, value - 1];
}

function* texts(value: string, limit: Limit): Generator {
  const [least, most] = ["minLength", "maxLength"].map(limit);
  const letters = Array.from(value);
  if (least !== undefined && least > 0) yield letters.slice(0, least - 1).join("");
  if (most !== undefined) yield value.padEnd(value.length + most + 1 - letters.length, letters.at(-1) ?? "x");
  // For `pattern` and `format`.
  yield* [`${value}?`, `?${value}`, "?", ""];
}

function* lists(value: readonly unknown[], limit: Limit): Generator {
  const [least, most] = ["minItems", "maxItems"].map(limit);
  if (least !== undefined && least > 0) yield value.slice(0, least - 1);
  if (value.length > 0) yield [...value, value.at(-1)];
  if (most !== undefined && most < 100 && value.length > 0)
    yield [...value, ...Array.from({ length: most + 1 - value.length }, () => value[0])];
}

function* objects(value: object): Generator {
  for (const key of Object.keys(value)) yield withMember(value, key, undefined);
  yield withMember(value, "undeclared", true);
}
