import type { MessyNode, MessyObject } from "./messy-node.js";

const nameKey = /^(?:name|tool|tool_name|function|function_name|action|recipient_name)$/;
const argumentKey = /^(?:arguments|parameters|args|input|kwargs|tool_input|action_input)$/;
const furtherKey = /^(?:type|id|call_id|index)$/;
/** Keys under which the fields of an API carry a call: `{"type": "function", "function": {…}}`. */
const carrierKey = /^(?:function|function_call|tool_call|tool_calls)$/;

export interface WrittenCall {
  /** The keys of its two members. */
  readonly key: string;
  readonly nameKey: string;
  /** Of the tool. */
  readonly name: string;
  /** The arguments. */
  readonly node: MessyNode;
}

/** A tool call, where an object is one and nothing else. */
export function writtenCall(node: MessyObject): WrittenCall | undefined {
  const members = node.members.filter(({ key }) => !furtherKey.test(key));
  const [first, ...others] = members;
  if (first && others.length === 0 && carrierKey.test(first.key)) return carried(first.value);
  const given = members.filter(({ key }) => argumentKey.test(key));
  const names = members.filter(({ key, value }) => nameKey.test(key) && value?.kind === "string");
  const [only, named] = [given[0], names[0]];
  if (given.length !== 1 || names.length !== 1 || members.length !== 2) return undefined;
  if (!only?.value || named?.value?.kind !== "string") return undefined;
  return { key: only.key, nameKey: named.key, name: named.value.value.replace(/^functions\./, ""), node: only.value };
}

function carried(value: MessyNode | undefined): WrittenCall | undefined {
  const [item, ...others] = value?.kind === "array" ? value.items : [value];
  return item?.kind === "object" && others.length === 0 ? writtenCall(item) : undefined;
}
