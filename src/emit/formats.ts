/** Formats that say nothing a validator could check. */
export const uncheckedFormats: readonly string[] = ["float", "double", "password", "binary"];

/** Formats of numbers. */
export const numberFormats: readonly string[] = ["int32", "int64"];

/** Formats that a function of `@schemacast/runtime/validation` checks. */
export const checkedFormats: readonly string[] = [
  "byte",
  "date",
  "date-time",
  "duration",
  "email",
  "hostname",
  ...numberFormats,
  "ipv4",
  "ipv6",
  "iso-date-time",
  "iso-time",
  "json-pointer",
  "json-pointer-uri-fragment",
  "regex",
  "relative-json-pointer",
  "time",
  "uri",
  "uri-reference",
  "uri-template",
  "url",
  "uuid",
];

export const formatNames: ReadonlySet<string> = new Set([...uncheckedFormats, ...checkedFormats]);

/** The function that checks a format: its name in camel case, a member of `$v`. */
export function formatCheck(format: string): string {
  return `$v.${camelCase(format)}`;
}

export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
