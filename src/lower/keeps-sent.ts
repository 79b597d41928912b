/** Whether a number or string keeps what is sent of its bounds. Formats and patterns are not judged: the validator knows those. */
export function keepsSent(sent: { readonly [keyword: string]: unknown }, value: unknown): boolean {
  // In characters, not in UTF-16 units.
  const size = typeof value === "string" ? Array.from(value).length : value;
  if (typeof size !== "number") return true;
  return Object.entries(sent).every(([keyword, bound]) => typeof bound !== "number" || isWithin(keyword, bound, size));
}

function isWithin(keyword: string, bound: number, size: number): boolean {
  switch (keyword) {
    case "minimum":
    case "minLength":
      return size >= bound;
    case "maximum":
    case "maxLength":
      return size <= bound;
    case "exclusiveMinimum":
      return size > bound;
    case "exclusiveMaximum":
      return size < bound;
    case "multipleOf":
      return Number.isInteger(size / bound);
    default:
      return true;
  }
}
