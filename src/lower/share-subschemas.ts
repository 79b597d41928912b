import type { AcceptedForms } from "./accepted-forms.js";
import { mapChildren } from "./map-wire.js";
import { printNode } from "./print-schema.js";
import { freeKey } from "./rules/tuple-to-object.js";
import type { Wire, WireDocument } from "./wire.js";

/** A part that is not longer than this is not worth a definition. */
const shortest = 60;

/** Moves parts that are there more than once into definitions, the longest first, wherever that makes the schema shorter. */
export function shareSubschemas(document: WireDocument, forms: AcceptedForms): WireDocument {
  let current = document;
  // Each round shares one part; what is inside it may be shared in a later one.
  for (let round = 0; round < 40; round++) {
    const found = worthiest(current, forms);
    if (found === undefined) break;
    current = share(current, found, forms);
  }
  return current;
}

interface Repeated {
  readonly text: string;
  readonly wire: Wire;
}

function worthiest(document: WireDocument, forms: AcceptedForms): Repeated | undefined {
  const seen = new Map<string, { readonly wire: Wire; count: number }>();
  visitAll(document, (wire) => {
    if (wire.kind === "ref") return;
    const text = JSON.stringify(printNode(wire, { forms }));
    if (text.length <= shortest) return;
    const known = seen.get(text);
    if (known === undefined) seen.set(text, { wire, count: 1 });
    else known.count++;
  });
  let best: (Repeated & { readonly saved: number }) | undefined;
  for (const [text, { wire, count }] of seen) {
    const saved = (count - 1) * text.length - count * 24 - 10;
    if (count > 1 && saved > (best?.saved ?? 0)) best = { text, wire, saved };
  }
  return best;
}

function share(document: WireDocument, { text, wire }: Repeated, forms: AcceptedForms): WireDocument {
  const known = Object.entries(document.defs).find(([, def]) => JSON.stringify(printNode(def, { forms })) === text)?.[0];
  const name = known ?? freeKey(nameFor(wire), Object.keys(document.defs));
  const replace = (node: Wire): Wire => {
    if (node.kind !== "ref" && JSON.stringify(printNode(node, { forms })) === text) return { kind: "ref", origin: node.origin, to: name };
    return mapChildren(node, replace);
  };
  const defs = Object.entries(document.defs).map(([key, def]) => [key, key === known ? def : replace(def)] as const);
  return { root: replaceBelow(document.root, replace), defs: Object.fromEntries([...defs, [name, wire] as const]) };
}

/** The root itself stays: it has to be an object, not a reference. */
function replaceBelow(root: Wire, replace: (node: Wire) => Wire): Wire {
  return mapChildren(root, replace);
}

function nameFor(wire: Wire): string {
  const segment = wire.origin
    .split("/")
    .findLast((part) => /^[A-Za-z]\w*$/.test(part) && !["items", "anyOf", "properties", "allOf"].includes(part));
  return (segment ?? "part").slice(0, 12);
}

function visitAll(document: WireDocument, look: (wire: Wire) => void): void {
  const visit = (wire: Wire): Wire => {
    look(wire);
    return mapChildren(wire, visit);
  };
  mapChildren(document.root, visit);
  for (const def of Object.values(document.defs)) visit(def);
}
