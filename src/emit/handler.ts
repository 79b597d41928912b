import type { ObjectPlan, Plan } from "@schemacast/runtime/v1";
import { objectNodes } from "./object-nodes.js";
import { propertyKey } from "./text.js";

/** Of objects with more fields only the whole one is a literal: one for each number of leading fields would be too much text. */
const MOST_LITERALS = 12;

/**
 * How a stream makes its objects: one entry for each object node of the plan, in the order in which the runtime meets them. A literal
 * of known keys is what engines make fastest (docs/benchmarks.md), so there is one for each number of leading fields; what has gaps is
 * made by assignments. `undefined`: the runtime makes these objects key by key.
 */
export function emitMakers(plan: Plan): readonly string[] {
  return objectNodes(plan).map(emitMaker);
}

function emitMaker({ fields }: ObjectPlan): string {
  const keys = Object.entries(fields).map(([wire, { name }]) => name ?? wire);
  // As a property of an existing object `__proto__` is its prototype.
  if (keys.length === 0 || keys.includes("__proto__")) return "undefined";
  const few = keys.length <= MOST_LITERALS;
  const literals = keys
    .map((_, at) => keys.length - at)
    .filter((count) => few || count === keys.length)
    .map((count) => `n === ${count} ? ${leading(keys, count)} : `);
  const cases = keys.map((key, at) => `        case ${at}: o${access(key)} = v; break;\n`);
  return `{
      make: (v, n) => ${literals.join("\n        ")}${few ? "{}" : "undefined"},
      set: (o, f, v) => {
        switch (f) {
${cases.join("")}        }
      },
    }`;
}

function leading(keys: readonly string[], count: number): string {
  return `{ ${keys
    .slice(0, count)
    .map((key, at) => `${propertyKey(key)}: v[${at}]`)
    .join(", ")} }`;
}

function access(key: string): string {
  const name = propertyKey(key);
  return name === key ? `.${key}` : `[${name}]`;
}
