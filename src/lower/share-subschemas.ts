import type { AcceptedForms } from "./accepted-forms.js";
import { children, mapChildren } from "./map-wire.js";
import { printNode } from "./print-schema.js";
import { freeKey } from "./rules/tuple-to-object.js";
import type { Wire, WireDocument } from "./wire.js";

/** A part has to be longer than this to be worth a definition: two references and the definition's own key cost about as much. */
const shortest = 60;

/** Longest name of a definition in a schema that has to be short. */
const longestName = 12;

/** Moves parts that are there more than once into definitions with short names, wherever that makes the schema shorter. */
export function shareSubschemas(input: WireDocument, forms: AcceptedForms): WireDocument {
  const document = renamed(input);
  const texts = new Map<Wire, string>();
  const textOf = (wire: Wire): string => {
    const text = texts.get(wire) ?? JSON.stringify(printNode(wire, { forms }));
    texts.set(wire, text);
    return text;
  };
  const repeated = repeatedParts(document, textOf);
  const names = new Map<string, string>();
  for (const [name, def] of Object.entries(document.defs)) if (!names.has(textOf(def))) names.set(textOf(def), name);
  const added: [string, Wire][] = [];
  for (const [text, wire] of repeated) {
    if (names.has(text)) continue;
    const name = freeKey(nameFor(wire), [...Object.keys(document.defs), ...names.values()]);
    names.set(text, name);
    added.push([name, wire]);
  }
  const replace = (wire: Wire): Wire => {
    const name = wire.kind === "ref" || names.size === 0 ? undefined : names.get(textOf(wire));
    return name === undefined ? mapChildren(wire, replace) : { kind: "ref", origin: wire.origin, to: name };
  };
  const defs = [...Object.entries(document.defs), ...added].map(([name, def]) => [name, mapChildren(def, replace)] as const);
  // The root itself stays what it is: it has to be an object, not a reference.
  return { root: mapChildren(document.root, replace), defs: Object.fromEntries(defs) };
}

/** Parts that occur again outside of a larger part that does, by their text. */
function repeatedParts(document: WireDocument, textOf: (wire: Wire) => string): ReadonlyMap<string, Wire> {
  const seen = new Map<string, Wire>();
  const repeated = new Map<string, Wire>();
  const visit = (wire: Wire): void => {
    if (wire.kind === "ref") return;
    const text = textOf(wire);
    // What is this short holds nothing longer.
    if (text.length <= shortest) return;
    const known = seen.get(text);
    if (known === undefined) {
      seen.set(text, wire);
      children(wire).forEach(visit);
    } else repeated.set(text, known);
  };
  children(document.root).forEach(visit);
  for (const def of Object.values(document.defs)) visit(def);
  return repeated;
}

/** The same definitions under names of few letters. */
function renamed(document: WireDocument): WireDocument {
  const names = new Map<string, string>();
  for (const name of Object.keys(document.defs)) {
    const short =
      name.length <= longestName ? name : (name.match(/[A-Za-z][A-Za-z0-9]*$/)?.[0] ?? "part").slice(0, longestName).replace(/_+$/, "");
    names.set(name, freeKey(short, [...names.values()]));
  }
  const visit = (wire: Wire): Wire => (wire.kind === "ref" ? { ...wire, to: names.get(wire.to) ?? wire.to } : mapChildren(wire, visit));
  const defs = Object.entries(document.defs).map(([name, def]) => [names.get(name) ?? name, visit(def)] as const);
  return { root: visit(document.root), defs: Object.fromEntries(defs) };
}

function nameFor(wire: Wire): string {
  const segment = wire.origin.split("/").findLast((part) => /^[A-Za-z]\w*$/.test(part) && !structural.includes(part));
  return (segment ?? "part").slice(0, longestName).replace(/_+$/, "");
}

const structural: readonly string[] = ["items", "anyOf", "oneOf", "allOf", "properties", "additionalProperties", "patternProperties"];
