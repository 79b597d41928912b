import type { RuleContext } from "../context.js";
import { decide, isUnique, objectBranches, tagTable } from "../decide-unions.js";
import { children, mapChildren } from "../map-wire.js";
import { isRecursive } from "./inline-ref-siblings.js";
import { planText, type DecidedUnion } from "../print-plan.js";
import { freeKey } from "./tuple-to-object.js";
import type { Wire, WireDocument, WireField, WireObject, WireUnion } from "../wire.js";
import { isIdentity, targetOf, wireKeys, wireTypes } from "../wire-traits.js";

/**
 * Makes sure that every union can be undone: where branches that are undone in different ways can't be told apart on the wire,
 * each of them gets a wrapper with a key of its own. (The alternative, trying branch after branch when the answer is there, would
 * cost every user of the runtime the code for it, and could not be shown while it streams.)
 */
export function separateBranches(document: WireDocument, context: RuleContext): WireDocument {
  const visit = (wire: Wire): Wire => {
    const inner = mapChildren(wire, visit);
    return inner.kind === "union" ? separate(inner, document, context) : inner;
  };
  const defs = Object.entries(document.defs).map(([name, def]) => [name, visit(def)] as const);
  return { root: visit(document.root), defs: Object.fromEntries(defs) };
}

function separate(union: WireUnion, document: WireDocument, context: RuleContext): WireUnion {
  let branches = union.branches;
  // Wrapping turns a branch into an object, which can make objects undecidable that were not: look once more.
  for (let round = 0; round < 3; round++) {
    const mixed = conflicting(branches, document);
    if (mixed.size === 0) break;
    context.note("decide-unions", union.origin, `${mixed.size} branches get a key of their own, so that they can be told apart`);
    const taken = branches.flatMap((branch) => [...(wireKeys(branch, document)?.keys() ?? [])]);
    branches = branches.map((branch, index) => {
      if (!mixed.has(index)) return branch;
      const key = freeKey(keyFor(branch, document), taken);
      taken.push(key);
      return { kind: "unwrap", origin: branch.origin, key, node: branch };
    });
  }
  return branches === union.branches ? union : { ...union, branches };
}

/** Works out for every union of a document by what its branch can be told as soon as possible. */
export function decideUnions(document: WireDocument): ReadonlyMap<WireUnion, DecidedUnion> {
  const decisions = new Map<WireUnion, DecidedUnion>();
  const visit = (wire: Wire): void => {
    if (wire.kind === "union") decisions.set(wire, decided(wire.branches, document));
    children(wire).forEach(visit);
  };
  visit(document.root);
  Object.values(document.defs).forEach(visit);
  return decisions;
}

function decided(branches: readonly Wire[], document: WireDocument): DecidedUnion {
  const objects = branches.flatMap((branch, index) => (wireTypes(branch, document).includes("object") ? [index] : []));
  const changed = objects.filter((index) => !isIdentity(branches[index] ?? nothing, document));
  const merged = changed.length === 0 || areTold(changed, branches, document) ? undefined : mergeObjects(branches, document);
  return { branches: merged ?? branches, ...decide(merged ?? branches, document) };
}

/** Indices of branches that have to be wrapped. */
function conflicting(branches: readonly Wire[], document: WireDocument): ReadonlySet<number> {
  const found = new Set<number>();
  const types = branches.map((branch) => wireTypes(branch, document));
  for (const type of new Set(types.flat())) {
    const owners = branches.flatMap((_branch, index) => (types[index]?.includes(type) ? [index] : []));
    const changed = owners.filter((index) => !isIdentity(branches[index] ?? nothing, document));
    if (owners.length < 2 || changed.length === 0) continue;
    const texts = new Set(owners.map((index) => planText(branches[index] ?? nothing, document)));
    if (texts.size === 1) continue;
    if (type === "object" && (areTold(changed, branches, document) || mergeObjects(branches, document) !== undefined)) continue;
    for (const index of changed) if (branches[index]?.kind !== "unwrap") found.add(index);
  }
  return found;
}

/** Only fills the gap that `noUncheckedIndexedAccess` sees. */
const nothing: Wire = { kind: "union", origin: "", branches: [] };

function areTold(changed: readonly number[], branches: readonly Wire[], document: WireDocument): boolean {
  const objects = objectBranches(branches, document);
  if (objects === undefined) return false;
  if (tagTable(objects).byTag !== undefined) return true;
  const told = objects.filter(({ index, keys }) => [...keys].some(([key, { required }]) => required && isUnique(key, index, objects)));
  return changed.every((index) => told.some((object) => object.index === index));
}

/**
 * Objects whose shared keys are undone alike are undone by one plan with all their fields; undefined where some are not. Gives
 * the branches with that plan in the place of the first of them.
 */
export function mergeObjects(branches: readonly Wire[], document: WireDocument): readonly Wire[] | undefined {
  const fields = new Map<string, WireField>();
  const rest: Wire[] = [];
  let origin: string | undefined;
  for (const branch of branches) {
    if (!wireTypes(branch, document).includes("object")) {
      rest.push(branch);
      continue;
    }
    // The plan of a recursive object has no end but its reference.
    if (branch.kind === "ref" && isRecursive(branch.to, document)) return undefined;
    const node = targetOf(branch, document);
    if (node?.kind !== "object" || node.extras !== undefined) return undefined;
    origin ??= node.origin;
    for (const field of node.fields) {
      const known = fields.get(field.key);
      if (known !== undefined && fieldText(known, document) !== fieldText(field, document)) return undefined;
      fields.set(field.key, field);
    }
  }
  if (origin === undefined) return undefined;
  const merged: WireObject = { kind: "object", origin, fields: [...fields.values()] };
  return [merged, ...rest];
}

function fieldText(field: WireField, document: WireDocument): string {
  return planText({ kind: "object", origin: "", fields: [field] }, document);
}

/** A name for a wrapped branch. */
function keyFor(branch: Wire, document: WireDocument): string {
  if (branch.kind === "ref") return `${branch.to.slice(0, 1).toLowerCase()}${branch.to.slice(1)}`;
  const names = { scalar: "text", json: "json", object: "object", list: "list", tuple: "list", members: "tuple", entries: "map" };
  const node = targetOf(branch, document);
  return node === undefined || node.kind === "unwrap" || node.kind === "union" ? "value" : names[node.kind];
}
