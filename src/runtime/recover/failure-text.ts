import type { Issue } from "../options.js";
import type { ValidationFailure } from "../spec.js";
import { shorten, typeName } from "./path.js";

/** A failure in words a model understands; it names what is wanted, never a keyword or a schema path. */
export function failureText({ keyword, params }: ValidationFailure, received: unknown): Pick<Issue, "message" | "expected"> {
  const value = (key: string): string => JSON.stringify(params[key]) ?? "";
  const limit = value("limit");
  switch (keyword) {
    case "type":
      return wants(typeWords(params["type"]), `must be ${typeWords(params["type"])}, is ${kindOf(received, params["type"])}`);
    case "required":
    case "dependentRequired":
    case "dependencies":
      return wants(`property ${value("missingProperty")}`, `property ${value("missingProperty")} is missing`);
    case "additionalProperties":
    case "unevaluatedProperties":
      return wants(
        "no other properties",
        `property ${value(keyword === "additionalProperties" ? "additionalProperty" : "unevaluatedProperty")} is not allowed`,
      );
    case "enum":
      return wants(`one of ${listOf(params["allowedValues"])}`);
    case "const":
      return wants(value("allowedValue"));
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
    case "formatMinimum":
    case "formatMaximum":
      return wants(`${String(params["comparison"])} ${limit}`);
    case "multipleOf":
      return wants(`a multiple of ${value("multipleOf")}`);
    case "minLength":
    case "maxLength":
      return wants(`${bound(keyword)} ${limit} characters long`);
    case "minItems":
    case "maxItems":
      return wants(`${bound(keyword)} ${limit} items`, `must have ${bound(keyword)} ${limit} items`);
    case "minProperties":
    case "maxProperties":
      return wants(`${bound(keyword)} ${limit} properties`, `must have ${bound(keyword)} ${limit} properties`);
    case "pattern":
      return wants(`text matching ${String(params["pattern"])}`, `must match the pattern ${String(params["pattern"])}`);
    case "format":
      return wants(formatWords(String(params["format"])));
    case "uniqueItems":
      return wants("items that differ from each other", `items ${value("j")} and ${value("i")} are the same`);
    case "contains":
      return wants(
        `at least ${value("minContains")} items of the kind that is asked for`,
        `must have at least ${value("minContains")} items of the kind that is asked for`,
      );
    case "not":
    case "false schema":
      return wants("something else", "is not allowed here");
    case "anyOf":
    case "oneOf":
      if (Array.isArray(params["passingSchemas"]))
        return wants("exactly one of the alternatives", "fits several alternatives, must fit exactly one");
      return wants(
        Array.isArray(params["allowed"]) && params["allowed"].length > 0 ? params["allowed"].join(" or ") : "one of the alternatives",
      );
    default:
      return { message: `breaks the rule "${keyword}" ${shorten(params)}` };
  }
}

function wants(expected: string, message = `must be ${expected}`): Pick<Issue, "message" | "expected"> {
  return { message, expected };
}

function bound(keyword: string): string {
  return keyword.startsWith("min") ? "at least" : "at most";
}

/** A number that should be whole is one of the right type, in JSON's terms. */
function kindOf(received: unknown, wanted: unknown): string {
  const isNearly = typeof received === "number" && typeWords(wanted).includes("integer");
  return isNearly ? String(received) : typeName(received);
}

function typeWords(type: unknown): string {
  return (Array.isArray(type) ? type : String(type).split(",")).join(" or ");
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(", ") : "";
}

/** Formats whose names do not say how they are written. */
function formatWords(format: string): string {
  const examples: Readonly<Record<string, string>> = {
    date: "2026-01-31",
    time: "13:45:00Z",
    "date-time": "2026-01-31T13:45:00Z",
    duration: "P3DT4H",
    email: "name@example.org",
    uri: "https://example.org/page",
    uuid: "123e4567-e89b-12d3-a456-426614174000",
  };
  const example = Object.hasOwn(examples, format) ? `, as ${examples[format]}` : "";
  return `in the format ${format}${example}`;
}
