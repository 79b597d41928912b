import type { ErrorObject } from "ajv";

/** What a value does wrong, in a few words. */
export function describeBreach({ keyword, params }: ErrorObject): string {
  const facts: Readonly<Record<string, unknown>> = params;
  const { limit, type, format, pattern, multipleOf, missingProperty, additionalProperty, comparison } = facts;
  switch (keyword) {
    case "required":
      return `lacks ${JSON.stringify(missingProperty)}`;
    case "additionalProperties":
      return `has ${JSON.stringify(additionalProperty)}, which is not declared`;
    case "type":
      return `must be ${[type].flat().join(" or ")}`;
    case "enum":
    case "const":
      return "is none of the allowed values";
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return `must be ${String(comparison)} ${String(limit)}`;
    case "multipleOf":
      return `must be a multiple of ${String(multipleOf)}`;
    case "minLength":
      return `is shorter than ${String(limit)} characters`;
    case "maxLength":
      return `is longer than ${String(limit)} characters`;
    case "minItems":
      return `has fewer than ${String(limit)} items`;
    case "maxItems":
      return `has more than ${String(limit)} items`;
    case "uniqueItems":
      return "has equal items";
    case "pattern":
      return `does not match ${String(pattern)}`;
    case "format":
      return `is no ${String(format)}`;
    default:
      return `breaks ${keyword}`;
  }
}
