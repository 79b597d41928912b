import type { JsonSchema } from "../../read/schema-document.js";
import type { Conjunction } from "../conjunctions.js";
import type { RuleContext } from "../context.js";
import { isObject, own, schemaTable, setOwn } from "../json.js";
import { freeKey } from "./tuple-to-object.js";
import type { Wire } from "../wire.js";

/** Definitions of a lowered schema, and how references to them are made. */
export interface Definitions {
  readonly defs: { readonly [name: string]: Wire };
  readonly refer: RuleContext["refer"];
  /** Lowers one of the schemas that demand the same; below itself, it is referred to, or unrolled. */
  readonly once: (conjunction: Conjunction, at: string, lower: () => Wire | undefined) => Wire | undefined;
}

interface DefinitionsOptions {
  readonly schema: JsonSchema;
  /** Name of the document, for a reference to its root. */
  readonly rootName: string;
  readonly context: () => RuleContext;
}

/**
 * Lowers each target of a reference once. Rule `unroll-recursion`: a target that asks for it (`x-extract.unroll`, its own or the
 * root's) is lowered anew for each level below itself, and becomes JSON text beyond the last.
 */
export function definitions({ schema, rootName, context }: DefinitionsOptions): Definitions {
  const defs: { [name: string]: Wire } = {};
  const names = new Map<string, string>();
  // The references being lowered, from the root to here; the root counts as one.
  const way: string[] = ["#"];
  const reported = new Set<string>();
  const reach = new Map<string, ReadonlySet<string>>();
  const reachableFrom = (ref: string): ReadonlySet<string> => {
    const found = reach.get(ref) ?? reachable(ref, context());
    reach.set(ref, found);
    return found;
  };
  const unrolls =
    unrollOf(schema) !== undefined ||
    schemaTable(isObject(schema) ? schema["$defs"] : undefined).some(([, def]) => unrollOf(def) !== undefined);
  const refer = (ref: string, at: string): Wire | undefined => {
    const target = context().resolve(ref);
    if (target === undefined) return { kind: "json", origin: at };
    const levels = unrollOf(target) ?? unrollOf(schema);
    const above = way.filter((step) => step === ref).length;
    if (levels !== undefined && above >= levels) return cut(at, levels, context());
    if (levels === undefined && above > 0 && !reported.has(ref)) {
      reported.add(ref);
      context().report("lower/recursion", at, { field: at === "" ? "its root" : at });
    }
    // Below an unrolled level, a target that leads to it again is another one at each level.
    const level = unrolls ? way.filter((step) => reachableFrom(ref).has(step)).toSorted() : [];
    const key = `${ref}@${level.join(",")}`;
    const known = names.get(key);
    if (known !== undefined) return { kind: "ref", origin: at, to: known };
    const name = freeKey(definitionName(ref, rootName), [...names.values()]);
    names.set(key, name);
    way.push(ref);
    const wire = context().lower(target, ref.slice(1));
    way.pop();
    if (wire === undefined) return undefined;
    setOwn(defs, name, wire);
    return { kind: "ref", origin: at, to: name };
  };
  const open = new Map<string, string | undefined>();
  const unrolled: string[] = [];
  const unroll = (key: string, levels: number, at: string, lower: () => Wire | undefined): Wire | undefined => {
    if (unrolled.filter((one) => one === key).length >= levels) return cut(at, levels, context());
    unrolled.push(key);
    const wire = lower();
    unrolled.pop();
    return wire;
  };
  const once: Definitions["once"] = ({ key, levels = unrollOf(schema) }, at, lower) => {
    if (levels !== undefined) return unroll(key, levels, at, lower);
    if (open.has(key)) {
      const name = open.get(key) ?? freeKey(definitionName(at, rootName), [...names.values()]);
      if (open.get(key) === undefined) context().report("lower/recursion", at, { field: at === "" ? "its root" : at });
      open.set(key, name);
      names.set(`of ${key}`, name);
      return { kind: "ref", origin: at, to: name };
    }
    open.set(key, undefined);
    const wire = lower();
    const name = open.get(key);
    open.delete(key);
    if (name === undefined || wire === undefined) return wire;
    setOwn(defs, name, wire);
    return { kind: "ref", origin: at, to: name };
  };
  return { defs, refer, once };
}

function cut(at: string, levels: number, context: RuleContext): Wire {
  context.note("unroll-recursion", at, `after ${levels} levels: JSON text`);
  context.report("lower/unroll-recursion", at, { levels });
  return { kind: "json", origin: at };
}

/** References that can be reached from the target of one, each once. */
function reachable(ref: string, context: RuleContext): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [ref];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const found of refsIn(context.resolve(next))) {
      if (reached.has(found)) continue;
      reached.add(found);
      open.push(found);
    }
  }
  return reached;
}

function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : key === "$defs" ? [] : refsIn(inner),
  );
}

/** How many levels of itself a schema asks for. */
export function unrollOf(schema: JsonSchema | undefined): number | undefined {
  const settings = isObject(schema) ? own(schema, "x-extract") : undefined;
  const levels = isObject(settings) ? settings["unroll"] : undefined;
  return typeof levels === "number" && Number.isInteger(levels) && levels > 0 ? levels : undefined;
}

/** A name that every provider takes: letters, digits and underscores. */
function definitionName(ref: string, rootName: string): string {
  const last = ref.slice(ref.lastIndexOf("/") + 1);
  const name = last.replace(/~[01]|%[0-9A-Fa-f]{2}|[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return ref === "#" || name === "" ? rootName : name;
}
