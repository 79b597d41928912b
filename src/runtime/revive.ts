/**
 * Where a validated value holds date-time strings that become `Date`s. Pure data, written by the generator from `x-revive`;
 * only the ways that lead to one are in it.
 */
export interface RevivePlan {
  readonly root: ReviveNode;
  /** Nodes that are used more than once or by themselves, by name. */
  readonly defs?: { readonly [name: string]: ReviveNode };
}

export type ReviveNode =
  /** A date-time string → Date. */
  | { readonly kind: "date" }
  /** An object; `rest` is for the keys that are not in `fields`. */
  | { readonly kind: "object"; readonly fields: { readonly [key: string]: ReviveNode | null }; readonly rest?: ReviveNode }
  /** An array; `rest` is for the positions after `items`. */
  | { readonly kind: "list"; readonly items: readonly (ReviveNode | null)[]; readonly rest?: ReviveNode }
  /** The first case that the value belongs to, judged by what a case names. */
  | { readonly kind: "cases"; readonly cases: readonly ReviveCase[] }
  /** `plan.defs[to]`. */
  | { readonly kind: "ref"; readonly to: string };

/** One branch of a union and how its values are told from the others'. */
export interface ReviveCase {
  readonly type: "string" | "array" | "object";
  /** Objects: keys that must be there, and of those that are constant, the values one of which it must be. */
  readonly keys?: { readonly [key: string]: readonly (string | number | boolean | null)[] | null };
  /** Null: nothing in this branch becomes a Date. */
  readonly node: ReviveNode | null;
}

/**
 * Makes the caller's type of a validated value: date-time strings become Dates where the plan says so. The value itself is
 * left as it is; parts without a date are shared with the result.
 *
 * @typeParam T the caller's type, which the generated code proves against the schema
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- generated specs need the caller's type, and may not cast
export function revive<T>(plan: RevivePlan, valid: unknown): T {
  // Parse boundary: the validator has proved the shape, and brands exist for the compiler only.
  return reviveNode(plan, plan.root, valid) as T;
}

function reviveNode(plan: RevivePlan, node: ReviveNode | null | undefined, value: unknown): unknown {
  if (node === null || node === undefined || value === null) return value;
  switch (node.kind) {
    case "date":
      return typeof value === "string" ? reviveDate(value) : value;
    case "object":
      return typeof value === "object" && !Array.isArray(value) ? reviveObject(plan, node, value) : value;
    case "list":
      return Array.isArray(value) ? value.map((item, index) => reviveNode(plan, node.items[index] ?? restOf(node, index), item)) : value;
    case "cases":
      return reviveNode(plan, node.cases.find((one) => belongs(one, value))?.node, value);
    case "ref":
      return reviveNode(plan, plan.defs?.[node.to], value);
  }
}

function restOf(node: ReviveNode & { readonly kind: "list" }, index: number): ReviveNode | undefined {
  return index < node.items.length ? undefined : node.rest;
}

function reviveObject(plan: RevivePlan, node: ReviveNode & { readonly kind: "object" }, value: object): object {
  const entries = Object.entries(value).map(([key, member]: [string, unknown]) => {
    const inner = Object.hasOwn(node.fields, key) ? node.fields[key] : node.rest;
    return [key, reviveNode(plan, inner, member)] as const;
  });
  // As own members, `__proto__` included.
  return Object.fromEntries(entries);
}

/** RFC 3339; a string of another kind, which only a union of `Date | string` lets through, stays a string. */
function reviveDate(text: string): Date | string {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d/.test(text)) return text;
  // The formats' 23:59:60 (a leap second) is more than Date takes.
  const date = new Date(
    text
      .replace(/:60(?=[.Zz+-])/, ":59")
      .replace(" ", "T")
      .toUpperCase(),
  );
  return Number.isNaN(date.getTime()) ? text : date;
}

function belongs(one: ReviveCase, value: unknown): boolean {
  const type = Array.isArray(value) ? "array" : typeof value;
  if (type !== one.type) return false;
  return Object.entries(one.keys ?? {}).every(([key, values]) => {
    if (!Object.hasOwn(value as object, key)) return false;
    const member: unknown = (value as Readonly<Record<string, unknown>>)[key];
    return values === null || values.some((allowed) => allowed === member);
  });
}
