import type { JsonType, UnionPlan } from "@schemacast/runtime/v1";
import { setOwn } from "./json.js";
import { children } from "./print-plan.js";
import type { Wire, WireDocument, WireUnion } from "./wire.js";

/** How a union's branch is told on the wire. */
export type Decision = Pick<UnionPlan, "byType" | "byTag" | "byKey">;

/** The decisions of a document's unions. */
export type Decisions = ReadonlyMap<WireUnion, Decision>;

/** Works out for every union by what its branch can be told as soon as possible. */
export function decideUnions(document: WireDocument): Decisions {
  const decisions = new Map<WireUnion, Decision>();
  const visit = (wire: Wire): void => {
    if (wire.kind === "union") decisions.set(wire, decide(wire.branches, document));
    children(wire).forEach(visit);
  };
  visit(document.root);
  Object.values(document.defs).forEach(visit);
  return decisions;
}

/** The tables of one union. */
export function decide(branches: readonly Wire[], document: WireDocument): Decision {
  const byType: { [type in JsonType]?: number } = {};
  const types = branches.map((branch) => wireTypes(branch, document));
  for (const type of new Set(types.flat())) {
    const owners = types.flatMap((list, index) => (list.includes(type) ? [index] : []));
    if (owners.length === 1 && owners[0] !== undefined) byType[type] = owners[0];
  }
  const objects = branches.flatMap((branch, index) => {
    const keys = types[index]?.includes("object") ? wireKeys(branch, document) : undefined;
    return keys === undefined ? [] : [{ index, keys }];
  });
  const known = objects.length === types.filter((list) => list.includes("object")).length;
  const tables = objects.length > 1 && known ? { ...tagTable(objects), ...keyTable(objects) } : {};
  return { ...(Object.keys(byType).length > 0 && { byType }), ...tables };
}

interface ObjectBranch {
  readonly index: number;
  readonly keys: ReadonlyMap<string, WireKey>;
}

interface WireKey {
  readonly required: boolean;
  /** The strings that may stand there, if they can be listed. */
  readonly values?: readonly string[];
}

function tagTable(objects: readonly ObjectBranch[]): Pick<Decision, "byTag"> {
  const [first] = objects;
  for (const key of first?.keys.keys() ?? []) {
    const cases: { [value: string]: number } = {};
    let taken = 0;
    let listed = 0;
    for (const { index, keys } of objects) {
      const found = keys.get(key);
      if (!found?.required || found.values === undefined) break;
      listed++;
      for (const value of found.values) {
        if (Object.hasOwn(cases, value)) taken++;
        setOwn(cases, value, index);
      }
    }
    if (listed === objects.length && taken === 0) return { byTag: { key, cases } };
  }
  return {};
}

function keyTable(objects: readonly ObjectBranch[]): Pick<Decision, "byKey"> {
  const byKey: { [key: string]: number } = {};
  for (const { index, keys } of objects) {
    for (const key of keys.keys()) {
      if (objects.every((other) => other.index === index || !other.keys.has(key))) setOwn(byKey, key, index);
    }
  }
  return Object.keys(byKey).length === 0 ? {} : { byKey };
}

/** JSON types that a node may have on the wire. */
export function wireTypes(wire: Wire, document: WireDocument, depth = 0): readonly JsonType[] {
  switch (wire.kind) {
    case "scalar":
      return [wire.type === "integer" ? "number" : wire.type];
    case "json":
      return ["string"];
    case "object":
    case "members":
    case "unwrap":
      return ["object"];
    case "list":
    case "tuple":
    case "entries":
      return ["array"];
    case "union":
      return [...new Set(wire.branches.flatMap((branch) => wireTypes(branch, document, depth + 1)))];
    case "ref": {
      const target = document.defs[wire.to];
      return target === undefined || depth > 20
        ? ["object", "array", "string", "number", "boolean", "null"]
        : wireTypes(target, document, depth + 1);
    }
  }
}

/** The keys an object may have on the wire; undefined where they are not known. */
function wireKeys(wire: Wire, document: WireDocument, depth = 0): ReadonlyMap<string, WireKey> | undefined {
  switch (wire.kind) {
    case "object": {
      const keys = new Map<string, WireKey>();
      for (const field of wire.fields) keys.set(field.key, { required: field.required, ...listedValues(field.node) });
      if (wire.extras) keys.set(wire.extras.key, { required: false });
      return keys;
    }
    case "members": {
      const keys = new Map<string, WireKey>(wire.keys.map((key, index) => [key, { required: index < wire.least }]));
      if (wire.rest) keys.set(wire.rest.key, { required: false });
      return keys;
    }
    case "unwrap":
      return new Map([[wire.key, { required: true }]]);
    case "ref": {
      const target = document.defs[wire.to];
      return target === undefined || depth > 20 ? undefined : wireKeys(target, document, depth + 1);
    }
    default:
      return undefined;
  }
}

function listedValues(wire: Wire): { readonly values?: readonly string[] } {
  if (wire.kind !== "scalar" || wire.type !== "string" || wire.enum === undefined) return {};
  return { values: wire.enum.map(String) };
}
