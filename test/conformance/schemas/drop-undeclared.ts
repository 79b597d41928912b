import type { JsonSchema } from "../../../src/read/schema-document.js";

type Definitions = Readonly<Record<string, JsonSchema>>;

/** The value without the keys that no part of the schema declares for their object. `schema` is in the internal form. */
export function dropUndeclared(value: unknown, schema: JsonSchema): unknown {
  const defs = (typeof schema === "object" ? (schema["$defs"] as Definitions | undefined) : undefined) ?? {};
  return drop(value, [schema], defs);
}

function drop(value: unknown, schemas: readonly JsonSchema[], defs: Definitions): unknown {
  if (typeof value !== "object" || value === null) return value;
  const all = applying(schemas, defs);
  if (
    all.some(
      (schema) => (schema["enum"] as unknown[] | undefined)?.some((one) => typeof one === "object") || typeof schema["const"] === "object",
    )
  )
    return value;
  if (Array.isArray(value))
    return value.map((item, index) =>
      drop(
        item,
        all.flatMap((schema) => itemSchemas(schema, index)),
        defs,
      ),
    );
  const declares = all.some(
    (schema) =>
      ["properties", "patternProperties", "required"].some((name) => name in schema) || typeof schema["additionalProperties"] === "object",
  );
  // An object of which nothing is said holds anything.
  if (!declares) return value;
  const open = all.some((schema) => (schema["x-extract"] as { open?: boolean } | undefined)?.open === true);
  const kept = Object.entries(value).flatMap(([key, member]) => {
    const found = all.flatMap((schema) => propertySchemas(schema, key));
    return found.length > 0 || open ? [[key, drop(member, found, defs)] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** The schemas and all that applies in place. */
function applying(schemas: readonly JsonSchema[], defs: Definitions): readonly Record<string, unknown>[] {
  const seen = new Set<Record<string, unknown>>();
  const add = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null || seen.has(schema as Record<string, unknown>)) return;
    const one = schema as Record<string, unknown>;
    seen.add(one);
    if (typeof one["$ref"] === "string")
      add(defs[decodeURIComponent(one["$ref"].slice("#/$defs/".length)).replace(/~1/g, "/").replace(/~0/g, "~")]);
    for (const name of ["allOf", "anyOf", "oneOf"]) for (const part of (one[name] as unknown[] | undefined) ?? []) add(part);
    for (const name of ["then", "else"]) add(one[name]);
    for (const part of Object.values((one["dependentSchemas"] as object | undefined) ?? {})) add(part);
  };
  schemas.forEach(add);
  return [...seen];
}

function propertySchemas(schema: Record<string, unknown>, key: string): readonly JsonSchema[] {
  const properties = (schema["properties"] ?? {}) as Definitions;
  const found: JsonSchema[] = Object.hasOwn(properties, key) ? [properties[key] ?? true] : [];
  for (const [pattern, part] of Object.entries((schema["patternProperties"] ?? {}) as Definitions))
    if (matches(pattern, key)) found.push(part);
  if (found.length > 0) return found;
  const rest = schema["additionalProperties"] ?? schema["unevaluatedProperties"];
  return typeof rest === "object" && rest !== null && Object.keys(rest).length > 0 ? [rest as JsonSchema] : [];
}

function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, "u").test(key);
  } catch {
    return new RegExp(pattern).test(key);
  }
}

function itemSchemas(schema: Record<string, unknown>, index: number): readonly JsonSchema[] {
  const prefix = schema["prefixItems"] as readonly JsonSchema[] | undefined;
  const found = prefix?.[index] ?? schema["items"] ?? schema["unevaluatedItems"];
  return found === undefined ? [] : [found as JsonSchema];
}
