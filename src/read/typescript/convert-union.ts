import type { ts } from "ts-morph";
import type { SchemaObject } from "../schema-document.js";
import type { Conversion, Spot } from "./conversion.js";
import { constituents, sameMembers, typeOfHint, writtenParts } from "./hints.js";
import { mergeBranches } from "./merge-branches.js";
import { writtenAt, writtenOrder } from "./written-order.js";

/** A union as `enum`, a list of types or `anyOf`, its members in the order in which they were written. */
export function convertUnion(c: Conversion, type: ts.Type, spot: Spot): SchemaObject {
  const all = new Set(constituents(c, type));
  const remaining = new Set(all);
  const branches: SchemaObject[] = [];
  for (const part of spot.hint ? writtenParts(c, spot.hint) : []) {
    const partType = typeOfHint(c, part);
    if (partType === undefined) continue;
    const members = constituents(c, partType);
    if (members.length === all.size && members.every((member) => all.has(member))) continue;
    const there = members.filter((member) => remaining.delete(member));
    if (there.length === 0) continue;
    if (there.length === members.length) branches.push(c.convert(partType, { node: part.node, hint: part }));
    else branches.push(...convertMembers(c, { of: type, members: new Set(there) }, { node: part.node, hint: part }));
  }
  branches.push(...convertMembers(c, { of: type, members: remaining }, spot));
  return mergeBranches(distinct(branches));
}

/** `string[]` and `readonly string[]` are one to JSON. */
function distinct(branches: readonly SchemaObject[]): readonly SchemaObject[] {
  const seen = new Set<string>();
  return branches.filter((branch) => {
    const text = JSON.stringify(branch);
    return !seen.has(text) && seen.add(text);
  });
}

/** Members whose written order is not known: what is joined by name (`boolean`, an enum) is joined again. */
function convertMembers(
  c: Conversion,
  { of, members }: { readonly of: ts.Type; readonly members: ReadonlySet<ts.Type> },
  spot: Spot,
): readonly SchemaObject[] {
  const remaining = new Set(members);
  const branches: SchemaObject[] = [];
  // Looked at once: what lacks a member will not get it back.
  const apart = new Set<ts.Type>();
  for (const member of writtenOrder(c, [...members], writtenAt(c, spot))) {
    if (!remaining.has(member)) continue;
    const whole = c.checker.getBaseTypeOfLiteralType(member);
    const siblings = apart.has(whole) ? [] : constituents(c, whole);
    const isWhole = siblings.length > 1 && !sameMembers(c, whole, of) && siblings.every((sibling) => remaining.has(sibling));
    if (!isWhole) apart.add(whole);
    for (const done of isWhole ? siblings : [member]) remaining.delete(done);
    branches.push(c.convert(isWhole ? whole : member, { node: spot.node }));
  }
  return branches;
}
