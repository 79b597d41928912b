import type { JsonType, UnionPlan } from "@schemacast/runtime/v1";
import { setOwn } from "./json.js";
import { planText } from "./print-plan.js";
import type { Wire, WireDocument } from "./wire.js";
import { isIdentity, wireKeys, wireTypes, type WireKey } from "./wire-traits.js";

/** How a union's branch is told on the wire. */
export type Tables = Pick<UnionPlan, "byType" | "byTag" | "byKey">;

/** The tables of one union. */
export function decide(branches: readonly Wire[], document: WireDocument): Tables {
  const byType: { [type in JsonType]?: number } = {};
  const types = branches.map((branch) => wireTypes(branch, document));
  for (const type of new Set(types.flat())) {
    const owners = types.flatMap((list, index) => (list.includes(type) ? [index] : []));
    const [first] = owners;
    if (first !== undefined && (owners.length === 1 || readAlike(owners, branches, document))) byType[type] = first;
  }
  const objects = byType.object === undefined ? objectBranches(branches, document) : undefined;
  const tables = objects === undefined ? {} : { ...tagTable(objects), ...keyTable(objects) };
  return { ...(Object.keys(byType).length > 0 && { byType }), ...tables };
}

/** Branches that are undone in the same way, so that it does not matter which of them is taken. */
function readAlike(owners: readonly number[], branches: readonly Wire[], document: WireDocument): boolean {
  const nodes = owners.map((index) => branches[index]).filter((branch) => branch !== undefined);
  if (nodes.every((branch) => isIdentity(branch, document))) return false;
  return new Set(nodes.map((branch) => planText(branch, document))).size === 1;
}

/** One branch that is an object. */
export interface ObjectBranch {
  readonly index: number;
  readonly keys: ReadonlyMap<string, WireKey>;
}

/** The branches that are objects; undefined where the keys of one of them are not known. */
export function objectBranches(branches: readonly Wire[], document: WireDocument): readonly ObjectBranch[] | undefined {
  const found: ObjectBranch[] = [];
  for (const [index, branch] of branches.entries()) {
    if (!wireTypes(branch, document).includes("object")) continue;
    const keys = wireKeys(branch, document);
    if (keys === undefined) return undefined;
    found.push({ index, keys });
  }
  return found;
}

/** A key that every object has to have, with values that are all different from branch to branch. */
export function tagTable(objects: readonly ObjectBranch[]): Pick<Tables, "byTag"> {
  for (const key of objects[0]?.keys.keys() ?? []) {
    const cases = tagCases(key, objects);
    if (cases !== undefined) return { byTag: { key, cases } };
  }
  return {};
}

function tagCases(key: string, objects: readonly ObjectBranch[]): { readonly [value: string]: number } | undefined {
  const cases: { [value: string]: number } = {};
  for (const { index, keys } of objects) {
    const found = keys.get(key);
    if (!found?.required || found.values === undefined) return undefined;
    for (const value of found.values) {
      if (Object.hasOwn(cases, value)) return undefined;
      setOwn(cases, value, index);
    }
  }
  return cases;
}

function keyTable(objects: readonly ObjectBranch[]): Pick<Tables, "byKey"> {
  const byKey: { [key: string]: number } = {};
  for (const { index, keys } of objects) {
    for (const key of keys.keys()) if (isUnique(key, index, objects)) setOwn(byKey, key, index);
  }
  return Object.keys(byKey).length === 0 ? {} : { byKey };
}

/** Whether no other object may have the key. */
export function isUnique(key: string, index: number, objects: readonly ObjectBranch[]): boolean {
  return objects.every((other) => other.index === index || !other.keys.has(key));
}
