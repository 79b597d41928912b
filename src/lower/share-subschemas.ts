import type { AcceptedForms } from "./accepted-forms.js";
import { children, mapChildren } from "./map-wire.js";
import { printNode } from "./print-schema.js";
import { freeKey } from "./rules/tuple-to-object.js";
import type { Wire, WireDocument } from "./wire.js";

/** A part has to be longer than this to be worth a definition: two references and the definition's own key cost about as much. */
const shortest = 60;

/** Longest name of a definition in a schema that has to be short. */
const longestName = 12;

/** `{"$ref":"#/$defs/"}` and the `"":,` of a definition, without their names. */
const referenceLength = 21;
const entryLength = 4;

/** How far parts are shared. */
export interface Sharing {
  /** `true`: everything that makes the schema shorter by a character, under names of a letter or two, which say nothing to the model. */
  readonly dense: boolean;
}

/** Moves parts that are there more than once into definitions with short names, wherever that makes the schema shorter. */
export function shareSubschemas(input: WireDocument, forms: AcceptedForms, { dense }: Sharing = { dense: false }): WireDocument {
  const document = joined(renamed(input, dense ? () => "" : shortName), forms);
  const texts = new Map<Wire, string>();
  const textOf = (wire: Wire): string => {
    const text = texts.get(wire) ?? JSON.stringify(printNode(wire, { forms, document }));
    texts.set(wire, text);
    return text;
  };
  const repeated = dense ? worthwhile(repeatedParts(document, textOf, 0)) : repeatedParts(document, textOf, shortest);
  const names = new Map<string, string>();
  for (const [name, def] of Object.entries(document.defs)) if (!names.has(textOf(def))) names.set(textOf(def), name);
  const added: [string, Wire][] = [];
  for (const [text, { wire }] of repeated) {
    if (names.has(text)) continue;
    const taken = [...Object.keys(document.defs), ...names.values()];
    const name = dense ? freeLetters(taken) : freeKey(nameFor(wire), taken);
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

interface Repeated {
  readonly wire: Wire;
  readonly count: number;
}

/** Parts longer than `least` that occur again outside of a larger part that does, by their text. */
function repeatedParts(document: WireDocument, textOf: (wire: Wire) => string, least: number): ReadonlyMap<string, Repeated> {
  const seen = new Map<string, Repeated>();
  const visit = (wire: Wire): void => {
    if (wire.kind === "ref") return;
    const text = textOf(wire);
    // What is this short holds nothing longer.
    if (text.length <= least) return;
    const known = seen.get(text);
    seen.set(text, { wire: known?.wire ?? wire, count: (known?.count ?? 0) + 1 });
    if (known === undefined) children(wire).forEach(visit);
  };
  children(document.root).forEach(visit);
  for (const def of Object.values(document.defs)) visit(def);
  return new Map([...seen].filter(([, { count }]) => count > 1));
}

/** Those that are longer written out than as a definition of two letters and references to it. */
function worthwhile(repeated: ReadonlyMap<string, Repeated>): ReadonlyMap<string, Repeated> {
  return new Map(
    [...repeated].filter(([{ length }, { count }]) => count * length > count * (referenceLength + 2) + length + entryLength + 2),
  );
}

/** Each definition once: those that only cut descriptions kept apart say the same now, and then those that refer to them. */
function joined(document: WireDocument, forms: AcceptedForms): WireDocument {
  const byText = new Map<string, string>();
  const others = new Map<string, string>();
  for (const [name, def] of Object.entries(document.defs)) {
    const text = JSON.stringify(printNode(def, { forms, document }));
    const first = byText.get(text);
    if (first === undefined) byText.set(text, name);
    else others.set(name, first);
  }
  if (others.size === 0) return document;
  const visit = (wire: Wire): Wire => (wire.kind === "ref" ? { ...wire, to: others.get(wire.to) ?? wire.to } : mapChildren(wire, visit));
  const defs = Object.entries(document.defs).flatMap(([name, def]) => (others.has(name) ? [] : [[name, visit(def)] as const]));
  return joined({ root: visit(document.root), defs: Object.fromEntries(defs) }, forms);
}

/** The same definitions under other names. */
function renamed(document: WireDocument, rename: (name: string) => string): WireDocument {
  const names = new Map<string, string>();
  for (const name of Object.keys(document.defs)) {
    const taken = [...names.values()];
    const wanted = rename(name);
    names.set(name, wanted === "" ? freeLetters(taken) : freeKey(wanted, taken));
  }
  const visit = (wire: Wire): Wire => (wire.kind === "ref" ? { ...wire, to: names.get(wire.to) ?? wire.to } : mapChildren(wire, visit));
  const defs = Object.entries(document.defs).map(([name, def]) => [names.get(name) ?? name, visit(def)] as const);
  return { root: visit(document.root), defs: Object.fromEntries(defs) };
}

/** A name of few letters that still says what it is of. */
function shortName(name: string): string {
  return name.length <= longestName ? name : (name.match(/[A-Za-z][A-Za-z0-9]*$/)?.[0] ?? "part").slice(0, longestName).replace(/_+$/, "");
}

/** `a`, …, `z`, `aa`, `ab`, …: the first that is free. */
function freeLetters(taken: readonly string[]): string {
  const used = new Set(taken);
  for (let count = 0; ; count++) {
    const name = count.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)));
    if (!used.has(name)) return name;
  }
}

function nameFor(wire: Wire): string {
  const segment = wire.origin.split("/").findLast((part) => /^[A-Za-z]\w*$/.test(part) && !structural.includes(part));
  return (segment ?? "part").slice(0, longestName).replace(/_+$/, "");
}

const structural: readonly string[] = ["items", "anyOf", "oneOf", "allOf", "properties", "additionalProperties", "patternProperties"];
