import { branchOf } from "./decode.js";
import type { JsonValue, UnionPlan } from "./spec.js";

/**
 * Where a value may lack what its schema has a `default` for. Pure data, written by the generator; only the ways that lead to a
 * default are in it. Keys and places are the decoded value's, not the wire's.
 */
export interface DefaultsPlan {
  readonly root: DefaultsNode;
  /** Nodes that are used more than once or by themselves, by name. */
  readonly defs?: { readonly [name: string]: DefaultsNode };
}

export type DefaultsNode =
  /** An object; `rest` is for the members that are neither in `fields` nor match one of `but`, sources of regular expressions. */
  | {
      readonly kind: "object";
      readonly fields: { readonly [key: string]: DefaultsField };
      readonly rest?: DefaultsNode;
      readonly but?: readonly string[];
    }
  /** The members of an object whose keys match, the source of a regular expression. */
  | { readonly kind: "matching"; readonly pattern: string; readonly node: DefaultsNode }
  /** An array: `items` by position, `rest` for the positions after them. */
  | { readonly kind: "list"; readonly items?: readonly DefaultsField[]; readonly rest?: DefaultsNode }
  /** All of them, one after the other (`allOf`, a reference with siblings). */
  | { readonly kind: "all"; readonly nodes: readonly DefaultsNode[] }
  /** The branch that a value belongs to, told as the decode plan tells it; where nothing tells, nothing is filled. */
  | (Pick<UnionPlan, "byType" | "byTag" | "byKey"> & { readonly kind: "union"; readonly branches: readonly (DefaultsNode | null)[] })
  /** `plan.defs[to]`. */
  | { readonly kind: "ref"; readonly to: string };

export interface DefaultsField {
  /** What stands there when the value has nothing there. The generator has put in what is lacking in it, and has validated it. */
  readonly value?: JsonValue;
  /** For what is there. */
  readonly node?: DefaultsNode;
}

/** Which part of a value is filled, and what was filled before. */
export interface FillPlace {
  /** Where the part stands in the value; default: it is the value. */
  readonly path?: readonly (string | number)[];
  /** Of the value, the container after so many steps of `path`, as far as it has come: it tells which branch of a union the part is in. */
  readonly around?: (steps: number) => unknown;
  /** Of a growing value: keeps what has not changed the same object. */
  readonly memo?: FillMemo;
}

export interface FillMemo {
  /** What became of each object, by what filled it. */
  readonly filled: Map<object, WeakMap<object, object>>;
  /** Copies of defaults that are objects, by their place; absent: a new one each time. */
  readonly copies?: Map<string, JsonValue>;
}

/** Fills the defaults of one schema (`fillUser` of a codec); bound to its plan by the generator. */
export type Filler = (value: unknown, at?: FillPlace) => unknown;

/** Values nested deeper than this are left as they came, as `decode` does. */
const deepest = 1000;

/**
 * A decoded value with the defaults of its schema where it has nothing. The value itself is left as it is; parts that lack nothing
 * are shared with the result, and defaults are copies. Never throws; whether the result is valid is for `validate` to say.
 */
export function fillDefaults(plan: DefaultsPlan, value: unknown, { path = [], memo, around }: FillPlace = {}): unknown {
  return new Filling(plan, memo, around).part(plan.root, value, path);
}

/** What became of an object under the hand of `by`, made once. */
export function remembered(memo: FillMemo | undefined, by: object, value: object, make: () => object): object {
  if (memo === undefined) return make();
  const table = memo.filled.get(by) ?? new WeakMap<object, object>();
  const filled = table.get(value) ?? make();
  memo.filled.set(by, table.set(value, filled));
  return filled;
}

class Filling {
  readonly #plan: DefaultsPlan;
  readonly #memo: FillMemo | undefined;
  /** Keys and indexes from the root to the place that is filled. */
  readonly #path: (string | number)[] = [];

  readonly #around: FillPlace["around"];

  constructor(plan: DefaultsPlan, memo: FillMemo | undefined, around: FillPlace["around"]) {
    this.#plan = plan;
    this.#memo = memo;
    this.#around = around;
  }

  /** Fills what stands at a path. Behind a union nothing is filled as long as what is around does not tell the branch. */
  part(node: DefaultsNode | undefined, value: unknown, path: readonly (string | number)[]): unknown {
    const [key, ...rest] = path;
    if (node === undefined) return value;
    if (key === undefined) return this.fill(node, value);
    if (node.kind === "ref") return this.part(this.#plan.defs?.[node.to], value, path);
    if (node.kind === "all") return node.nodes.reduce((so, inner) => this.part(inner, so, path), value);
    if (node.kind === "union") {
      const branch = node.branches[branchOf(node, this.#around?.(this.#path.length)) ?? -1];
      return branch ? this.part(branch, value, path) : value;
    }
    this.#path.push(key);
    const inner = node.kind === "list" ? (node.items?.[Number(key)] ?? { node: node.rest }).node : memberNode(node, String(key));
    const filled = this.part(inner, value, rest);
    this.#path.pop();
    return filled;
  }

  fill(node: DefaultsNode, value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.#path.length > deepest) return value;
    switch (node.kind) {
      case "ref": {
        const target = this.#plan.defs?.[node.to];
        return target === undefined ? value : this.fill(target, value);
      }
      case "all":
        return node.nodes.reduce<unknown>((so, inner) => this.fill(inner, so), value);
      case "union": {
        const branch = node.branches[branchOf(node, value) ?? -1];
        return branch ? this.fill(branch, value) : value;
      }
      default:
        return Array.isArray(value) === (node.kind === "list") ? this.#remembered(node, value) : value;
    }
  }

  #remembered(node: DefaultsNode, value: object): object {
    return remembered(this.#memo, node, value, () => (Array.isArray(value) ? this.#list(node, value) : this.#object(node, value)));
  }

  #object(node: DefaultsNode, value: object): object {
    let isChanged = false;
    const entries = Object.entries(value).map(([key, member]: [string, unknown]): [string, unknown] => {
      const inner = memberNode(node, key);
      const filled = inner === undefined ? member : this.#inner(inner, member, key);
      isChanged ||= filled !== member;
      return [key, filled];
    });
    for (const [key, field] of Object.entries(node.kind === "object" ? node.fields : {})) {
      if (field.value === undefined || Object.hasOwn(value, key)) continue;
      entries.push([key, this.#copy(field.value, key)]);
      isChanged = true;
    }
    // As own members, `__proto__` included.
    return isChanged ? Object.fromEntries(entries) : value;
  }

  #list(node: DefaultsNode, value: readonly unknown[]): object {
    if (node.kind !== "list") return value;
    const { items = [], rest } = node;
    const filled = value.map((item, index) => {
      const inner = index < items.length ? items[index]?.node : rest;
      return inner === undefined ? item : this.#inner(inner, item, index);
    });
    // Only what follows without a gap: an array has no holes in JSON.
    for (let next = items[filled.length]; next?.value !== undefined; next = items[filled.length])
      filled.push(this.#copy(next.value, filled.length));
    return filled.length === value.length && filled.every((item, index) => item === value[index]) ? value : filled;
  }

  #inner(node: DefaultsNode, member: unknown, key: string | number): unknown {
    this.#path.push(key);
    const filled = this.fill(node, member);
    this.#path.pop();
    return filled;
  }

  /** A copy of its own: whoever gets the value may change it. Of a growing value always the same one. */
  #copy(value: JsonValue, key: string | number): JsonValue {
    if (typeof value !== "object" || value === null) return value;
    const copies = this.#memo?.copies;
    if (copies === undefined) return structuredClone(value);
    const place = JSON.stringify([...this.#path, key]);
    const copy = copies.get(place) ?? structuredClone(value);
    copies.set(place, copy);
    return copy;
  }
}

/** Of an object node: what fills the member of that key. */
function memberNode(node: DefaultsNode, key: string): DefaultsNode | undefined {
  if (node.kind === "matching") return new RegExp(node.pattern, "u").test(key) ? node.node : undefined;
  if (node.kind !== "object") return undefined;
  const { fields, rest, but = [] } = node;
  if (Object.hasOwn(fields, key)) return fields[key]?.node;
  return but.some((pattern) => new RegExp(pattern, "u").test(key)) ? undefined : rest;
}
