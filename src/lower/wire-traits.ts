import type { JsonType } from "@schemacast/runtime/v1";
import { own } from "./json.js";
import { children } from "./map-wire.js";
import type { Wire, WireDocument, WireField, WireObject } from "./wire.js";

/** A chain of references longer than this goes round in circles. */
const longestChain = 50;

/** The node behind references; undefined where there is none. */
export function targetOf(wire: Wire, document: WireDocument): Exclude<Wire, { kind: "ref" }> | undefined {
  let node: Wire | undefined = wire;
  for (let step = 0; step < longestChain; step++) {
    if (node?.kind !== "ref") return node;
    node = own(document.defs, node.to);
  }
  return undefined;
}

/** JSON types that a node may have on the wire. */
export function wireTypes(wire: Wire, document: WireDocument): readonly JsonType[] {
  const node = targetOf(wire, document);
  switch (node?.kind) {
    case undefined:
      return ["object", "array", "string", "number", "boolean", "null"];
    case "scalar":
      return [node.type === "integer" ? "number" : node.type];
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
      return [...new Set(node.branches.flatMap((branch) => wireTypes(branch, document)))];
  }
}

/** What is known of one key of an object on the wire. */
export interface WireKey {
  readonly required: boolean;
  /** The strings that may stand there, if they can be listed. */
  readonly values?: readonly string[];
}

/** The keys an object may have on the wire; undefined where a node is no object or its keys are not known. */
export function wireKeys(wire: Wire, document: WireDocument): ReadonlyMap<string, WireKey> | undefined {
  const node = targetOf(wire, document);
  switch (node?.kind) {
    case "object":
      return objectKeys(node, document);
    case "members": {
      const keys = new Map<string, WireKey>(node.keys.map((key, index) => [key, { required: index < node.least }]));
      if (node.rest) keys.set(node.rest.key, { required: false });
      return keys;
    }
    case "unwrap":
      return new Map([[node.key, { required: true }]]);
    case "union":
      return commonKeys(
        node.branches.filter((branch) => wireTypes(branch, document).includes("object")).map((branch) => wireKeys(branch, document)),
      );
    default:
      return undefined;
  }
}

function objectKeys(node: WireObject, document: WireDocument): ReadonlyMap<string, WireKey> {
  const keys = new Map<string, WireKey>();
  for (const field of node.fields) keys.set(field.key, { required: field.required, ...listedValues(field, document) });
  if (node.extras) keys.set(node.extras.key, { required: false });
  return keys;
}

function commonKeys(tables: readonly (ReadonlyMap<string, WireKey> | undefined)[]): ReadonlyMap<string, WireKey> | undefined {
  const keys = new Map<string, WireKey>();
  for (const table of tables) {
    if (table === undefined) return undefined;
    for (const [key, { required }] of table) keys.set(key, { required: required && tables.every((other) => other?.get(key)?.required) });
  }
  return keys;
}

function listedValues(field: WireField, document: WireDocument): { readonly values?: readonly string[] } {
  const node = targetOf(field.node, document);
  if (node?.kind !== "scalar" || node.type !== "string" || node.enum === undefined) return {};
  // Whoever tells branches by a value takes its text.
  return { values: [...node.enum, ...(field.nullable ? [null] : [])].map(String) };
}

/** Whether what comes over the wire is the value as it stands. */
export function isIdentity(wire: Wire, document: WireDocument, through: ReadonlySet<string> = new Set()): boolean {
  switch (wire.kind) {
    case "scalar":
      return true;
    case "json":
    case "members":
    case "entries":
    case "unwrap":
      return false;
    case "ref": {
      const target = own(document.defs, wire.to);
      return through.has(wire.to) || (target !== undefined && isIdentity(target, document, new Set([...through, wire.to])));
    }
    case "object":
      if (wire.extras !== undefined) return false;
      if (wire.fields.some((field) => field.aside || field.nullable || field.name !== undefined)) return false;
      break;
    default:
      break;
  }
  return children(wire).every((child) => isIdentity(child, document, through));
}
