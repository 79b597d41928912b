/** What the types of a task's module promise, as TypeScript that compiles: by the task's id, which its module is called by. */
export const taskTypes: { readonly [id: string]: string } = {
  user: `
    import { extractUser } from "./user.js";
    export const age: Promise<number> = extractUser("…").then((user) => user.age);
    // @ts-expect-error: it is a number
    export const text: Promise<string> = extractUser("…").then((user) => user.age);`,
  nested_addresses: `
    import { streamNestedAddresses } from "./nested_addresses.js";
    export async function last(): Promise<string | undefined> {
      for await (const partial of streamNestedAddresses("…")) {
        const city: string | undefined = partial.addresses?.at(-1)?.city;
        // @ts-expect-error: an address has none, open or not
        partial.addresses?.at(-1)?.town;
        return city;
      }
      return undefined;
    }`,
  optional_role: `
    import type { OptionalRole } from "./optional_role.js";
    export const all: readonly OptionalRole[] = [{ name: "a", age: 1 }, { name: "a", age: 1, role: null }, { name: "a", age: 1, role: "x" }];
    // @ts-expect-error: absent is not undefined
    export const wrong: OptionalRole = { name: "a", age: 1, role: undefined };`,
  enum_other: `
    import type { EnumOther, EnumOtherPartial } from "./enum_other.js";
    export const same = (partial: EnumOtherPartial): EnumOther["role"] | undefined => partial.role;
    // @ts-expect-error: half a word is no role
    export const half: EnumOtherPartial = { role: "TEAC" };`,
  recursive_tree: `
    import type { Node, NodePartial } from "./recursive_tree.js";
    export const deep = (node: Node): string | undefined => node.children[0]?.children[0]?.name;
    export const open = (node: NodePartial): string | undefined => node.children?.[0]?.children?.[0]?.name;
    // @ts-expect-error: while it arrives, children may be absent
    export const whole = (node: NodePartial): string | undefined => node.children[0]?.name;`,
  mutual_recursion: `
    import type { Expr } from "./mutual_recursion.js";
    export const value = (expr: Expr): number => (expr.kind === "num" ? expr.value : value(expr.left) + value(expr.right));`,
  dict_map: `
    import type { DictMap } from "./dict_map.js";
    export const score = ({ scores }: DictMap): number | undefined => scores["ada"];`,
  union_status: `
    import type { UnionStatusPartial } from "./union_status.js";
    export function shown({ response }: UnionStatusPartial): string | undefined {
      // Narrowed by the tag, while the rest is still to come.
      if (response?.status === "error") return response.message;
      return response?.status === "success" ? response.data?.name : undefined;
    }
    // @ts-expect-error: before the tag is known, nothing says that it is an error
    export const early = ({ response }: UnionStatusPartial): string | undefined => response?.message;`,
  content_items: `
    import { streamContentItemsList } from "./content_items.js";
    export async function show(): Promise<void> {
      for await (const item of streamContentItemsList("…")) {
        const shown: string = item.type === "text" ? item.text : item.url;
        console.log(shown);
      }
    }`,
  bool_root: `
    import { extractBoolRoot } from "./bool_root.js";
    export const answer: Promise<boolean> = extractBoolRoot("…");`,
  int_root: `
    import { extractIntRoot } from "./int_root.js";
    export const answer: Promise<number> = extractIntRoot("…").withDetails().then(({ value }) => value);`,
  literal_root: `
    import { extractLiteralRoot } from "./literal_root.js";
    export const answer: Promise<"bug" | "feature" | "question"> = extractLiteralRoot("…");`,
  alias_fields: `
    import type { AliasFields } from "./alias_fields.js";
    export const name = (fields: AliasFields): string => fields["full-name"] + fields.class;`,
};
