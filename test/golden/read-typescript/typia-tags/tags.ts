// The form of typia's own declarations (typia 9, lib/tags).
export type TagBase<Props> = { "typia.tag"?: Props };
export type MinLength<V extends number> = TagBase<{ target: "string"; kind: "minLength"; value: V; validate: `${V} <= $input.length`; exclusive: true; schema: { minLength: V } }>;
export type MaxLength<V extends number> = TagBase<{ target: "string"; kind: "maxLength"; value: V; exclusive: true; schema: { maxLength: V } }>;
export type Format<V extends string> = TagBase<{ target: "string"; kind: "format"; value: V; exclusive: ["format", "pattern"]; schema: { format: V } }>;
export type Pattern<V extends string> = TagBase<{ target: "string"; kind: "pattern"; value: V; exclusive: ["format", "pattern"]; schema: { pattern: V } }>;
export type Minimum<V extends number> = TagBase<{ target: "number"; kind: "minimum"; value: V; exclusive: true; schema: { minimum: V } }>;
export type ExclusiveMaximum<V extends number> = TagBase<{ target: "number"; kind: "exclusiveMaximum"; value: V; exclusive: true; schema: { exclusiveMaximum: V } }>;
export type Type<V extends "int32" | "uint32" | "double"> = TagBase<{ target: "number"; kind: "type"; value: V; exclusive: true; schema: V extends "uint32" ? { type: "integer"; minimum: 0 } : { type: V extends "int32" ? "integer" : "number" } }>;
export type MinItems<V extends number> = TagBase<{ target: "array"; kind: "minItems"; value: V; exclusive: true; schema: { minItems: V } }>;
export type UniqueItems<V extends boolean = true> = TagBase<{ target: "array"; kind: "uniqueItems"; value: V; exclusive: true; schema: { uniqueItems: V } }>;
export type Default<V extends boolean | number | string> = TagBase<{ target: "string"; kind: "default"; value: V; exclusive: true; schema: { default: V } }>;
export type Example<V> = TagBase<{ target: "string"; kind: "example"; value: V; exclusive: true; schema: { example: V } }>;
export type Examples<V extends object> = TagBase<{ target: "string"; kind: "examples"; value: V; exclusive: true; schema: { examples: V } }>;
export type JsonSchemaPlugin<S extends object> = TagBase<{ target: "object"; kind: "jsonPlugin"; value: undefined; schema: S }>;
