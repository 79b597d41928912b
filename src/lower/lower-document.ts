import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { JsonSchema, SchemaDocument } from "../read/schema-document.js";
import type { AcceptedForms } from "./accepted-forms.js";
import { Conjunctions } from "./conjunctions.js";
import type { LowerSettings, RuleContext } from "./context.js";
import { isObject, isSchema, own } from "./json.js";
import { lowerNode } from "./lower-node.js";
import { mapChildren } from "./map-wire.js";
import { reportContradictions } from "./report-contradictions.js";
import { admitOthers } from "./rules/admit-others.js";
import { definitions } from "./rules/unroll-recursion.js";
import { orderKeys } from "./rules/key-order.js";
import { wrapRoot } from "./rules/root-wrap.js";
import { separateBranches } from "./rules/separate-branches.js";
import type { Change, Wire, WireDocument } from "./wire.js";

/** What the rules made of a document. */
export interface LoweredDocument {
  readonly wire: WireDocument;
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

interface LowerChoices {
  readonly forms: AcceptedForms;
  readonly settings: LowerSettings;
}

/** How far a schema is looked at. Beyond, a place travels as JSON text. */
interface Reach {
  readonly depth: number;
  readonly places: number;
}

/** Deeper than this, a schema is recursive in disguise (`allOf` around `$ref`); with more places, far beyond every limit. */
const widest: Reach = { depth: 30, places: 4000 };

/** Of a schema that goes on for ever a few levels are worth sending: each makes many of the next. */
const endless: Reach = { depth: 8, places: 1000 };

function tangle(reach: Reach): Readonly<Record<string, string>> {
  if (reach === endless)
    return {
      problem: `is more than ${widest.depth} levels deep, or goes on without end (allOf around references to itself)`,
      advice:
        "Make the schema flatter, or extract deep parts separately; give a recursive part a definition of its own without allOf, and set x-extract.unroll on it.",
    };
  return {
    problem: `has more places than the ${reach.places} that are looked at`,
    advice: 'Ask for less: a schema of your own that refers to the parts you need, such as { "$ref": "./large.json#/$defs/Part" }.',
  };
}

/** Applies the rules from the root down. */
export function lowerDocument(document: SchemaDocument, choices: LowerChoices): LoweredDocument {
  const lowered = lowerWithin(document, choices, widest);
  return lowered.isDeeper ? lowerWithin(document, choices, endless) : lowered;
}

interface LoweredWithin extends LoweredDocument {
  /** Some place lay deeper than was looked at. */
  readonly isDeeper: boolean;
}

function lowerWithin(document: SchemaDocument, { forms, settings }: LowerChoices, reach: Reach): LoweredWithin {
  const changes: Change[] = [];
  const diagnostics: Diagnostic[] = [];
  const origins = indexOrigins(document.schema);
  let depth = 0;
  let places = 0;
  let tangled = false;
  let isDeeper = false;
  const context: RuleContext = {
    forms,
    settings,
    resolve: (ref) => resolvePointer(document.schema, ref),
    pointerOf: (schema, fallback) => (isObject(schema) ? (origins.get(schema) ?? fallback) : fallback),
    note: (rule, pointer, detail) => void changes.push({ rule, pointer, detail }),
    report: (code, at, facts) => void diagnostics.push(diagnostic(code, document.locate(at), facts)),
    lower: (schema, at) => {
      places++;
      if (depth > reach.depth || places > reach.places) {
        isDeeper ||= depth > reach.depth;
        if (!tangled) context.report("lower/tangled", at, tangle(reach));
        tangled = true;
        return { kind: "json", origin: at };
      }
      depth++;
      const place = context.pointerOf(schema, at);
      const conjunction = conjunctions.of(schema);
      const make = (): Wire | undefined => lowerNode(schema, place, context);
      const wire = conjunction === undefined ? make() : table.once(conjunction, place, make);
      depth--;
      return wire;
    },
    refer: (ref, at) => table.refer(ref, at),
  };
  const conjunctions = new Conjunctions(context.resolve);
  const table = definitions({ schema: document.schema, rootName: document.name, context: () => context });
  reportContradictions(document.schema, context);
  const root = context.lower(document.schema, "");
  if (root === undefined) context.report("lower/nothing-valid", "");
  const complete = admitOthers(withoutDangling({ root: root ?? { kind: "json", origin: "" }, defs: table.defs }), context);
  // What a branch refers to may itself have been separated: the second pass sees it as it is now.
  const separated = separateBranches(separateBranches(complete, context), context);
  return { wire: wrapRoot(orderKeys(separated, context), context), changes, diagnostics, isDeeper };
}

/** Where each schema of the document stands. */
function indexOrigins(schema: JsonSchema): WeakMap<object, string> {
  const origins = new WeakMap<object, string>();
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    if (!origins.has(value)) origins.set(value, pointer);
    for (const [key, inner] of Object.entries(value)) visit(inner, `${pointer}/${key.replace(/~/g, "~0").replace(/\//g, "~1")}`);
  };
  visit(schema, "");
  return origins;
}

function resolvePointer(schema: JsonSchema, ref: string): JsonSchema | undefined {
  if (!ref.startsWith("#")) return undefined;
  let value: unknown = schema;
  for (const segment of ref.slice(1).split("/").slice(1)) {
    const key = decodeSegment(segment);
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return isSchema(value) ? value : undefined;
}

function decodeSegment(segment: string): string {
  const plain = segment.replace(/~1/g, "/").replace(/~0/g, "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** A reference made while its target was being lowered points nowhere if nothing is valid there; its place is never filled. */
function withoutDangling(document: WireDocument): WireDocument {
  const visit = (wire: Wire): Wire =>
    wire.kind === "ref" && own(document.defs, wire.to) === undefined ? { kind: "json", origin: wire.origin } : mapChildren(wire, visit);
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  return { root: visit(document.root), defs: Object.fromEntries(defs) };
}
