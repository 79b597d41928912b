import type { ShapeRule } from "../context.js";
import { canonicalText, jsonType } from "../json.js";
import type { Scalar, ScalarType, Wire } from "../wire.js";

/** `enum` → one schema for each type of its values; objects and arrays among them as JSON text. */
export const enumOfNonStrings: ShapeRule = (schema, at, context) => {
  const values = schema["enum"];
  if (!Array.isArray(values)) return undefined;
  const groups = new Map<ScalarType | "json", unknown[]>();
  const texts = new Set<string>();
  for (const value of values) {
    const text = canonicalText(value);
    if (texts.has(text) || !fitsType(value, schema["type"])) continue;
    texts.add(text);
    const kind = groupOf(value, context.forms.switches.enumOfNonStrings);
    // Appended in place: a copy for each value would be quadratic, and enums can be long.
    const group = groups.get(kind);
    if (group) group.push(value);
    else groups.set(kind, [value]);
  }
  const mixedNumbers = groups.get("integer");
  const fractions = groups.get("number");
  if (mixedNumbers !== undefined && fractions !== undefined) {
    groups.set("number", [...mixedNumbers, ...fractions]);
    groups.delete("integer");
  }
  const branches = [...groups].map(([kind, group]) => branch(kind, group, at));
  const [only] = branches;
  if (only === undefined) return undefined;
  if (branches.length === 1 && only.kind === "scalar" && only.type === "string") return only;
  context.note("enum-of-non-strings", at, `the enum's values travel as ${[...groups.keys()].join(", ")}`);
  return branches.length === 1 ? only : { kind: "union", origin: at, branches };
};

function groupOf(value: unknown, native: boolean): ScalarType | "json" {
  const type = jsonType(value);
  if (type === "object" || type === "array") return "json";
  if (type === "string" || type === "null") return type;
  if (!native) return "json";
  return type === "number" ? (Number.isInteger(value) ? "integer" : "number") : type;
}

function fitsType(value: unknown, type: unknown): boolean {
  if (typeof type !== "string") return true;
  const actual = jsonType(value);
  return type === "integer" ? Number.isInteger(value) : type === actual;
}

function branch(kind: ScalarType | "json", values: readonly unknown[], at: string): Wire {
  if (kind === "json") return { kind: "json", origin: at, enum: values.map((value) => JSON.stringify(value)) };
  if (kind === "null") return { kind: "scalar", type: "null", origin: at };
  // Two booleans are all there are: a plain boolean says so in fewer words.
  if (kind === "boolean" && values.length === 2) return { kind: "scalar", type: "boolean", origin: at };
  // groupOf puts only scalars into the other groups.
  return { kind: "scalar", type: kind, origin: at, enum: values as readonly Scalar[] };
}
