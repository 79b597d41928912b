import type { Repair } from "../options.js";
import type { JsonObject } from "../spec.js";
import type { Coercion } from "./coerce.js";
import { foldText, matchChoice } from "./match-choice.js";
import type { MessyArray, MessyMember, MessyObject, MessyString } from "./messy-node.js";
import { below, fit, misfit, repair, type Outcome } from "./outcome.js";
import { choicesOf, isObject } from "./wire-schema.js";

/** An object's members, each under the schema of its property. */
export function coerceObject(coercion: Coercion, node: MessyObject, schema: JsonObject): Outcome {
  const { partial, mayLack, dropUndeclared } = coercion.options;
  const value: Record<string, unknown> = {};
  const repairs: Repair[] = [];
  let extra = 0;
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const taken = new Set(node.members.map(({ key }) => key));
  const open = Object.keys(properties).filter((name) => !taken.has(name));
  for (const member of node.members) {
    const place = placeOf(coercion, member, open, schema);
    if ("problem" in place) return misfit(place.problem);
    // What is wrapped in one property is taken out of it: whatever stands beside it would be lost in silence.
    if (!place.declared && !dropUndeclared && isWrapper(schema))
      return misfit(`${JSON.stringify(member.key)} is not a key that is allowed here`);
    if (!place.declared && dropUndeclared) {
      repairs.push(repair("undeclared-key", "lenient", { from: member.key, span: member.keySpan }));
      continue;
    }
    if (!member.value || coercion.isUnfinished(member.value, place.schema)) {
      if (!partial) repairs.push(repair("missing-value", "lenient", { from: member.key, span: member.keySpan }));
      continue;
    }
    const child = coercion.coerce(member.value, place.schema);
    if (!child.ok) {
      if (partial && !member.value.closed) continue;
      return misfit(child.problem, [place.key, ...child.path]);
    }
    repairs.push(...place.repairs, ...below(place.key, child.repairs));
    extra += child.extra + (place.declared ? 0 : 20);
    if (Object.hasOwn(value, place.key)) {
      const isSame = JSON.stringify(value[place.key]) === JSON.stringify(child.value);
      repairs.push(repair("duplicate-key", isSame ? "safe" : "lenient", { from: place.key, span: member.keySpan }));
    }
    // A key called __proto__ is a key like any other.
    Object.defineProperty(value, place.key, { value: child.value, enumerable: true, configurable: true, writable: true });
  }
  const required = Array.isArray(schema["required"]) ? schema["required"].filter((key) => typeof key === "string") : [];
  const missing = partial ? [] : required.filter((key) => !Object.hasOwn(value, key));
  if (missing.length > 0 && !mayLack) return misfit(`"${missing[0]}" is missing`);
  return fit(value, repairs, extra + 20 * missing.length);
}

/** A closed object with one property, as the lowering makes them around what is no object. */
function isWrapper(schema: JsonObject): boolean {
  return schema["additionalProperties"] === false && isObject(schema["properties"]) && Object.keys(schema["properties"]).length === 1;
}

interface Declared {
  readonly key: string;
  readonly schema: unknown;
  readonly declared: boolean;
  readonly repairs: readonly Repair[];
}

/** The property that a member is meant for; `open` are those whose own name no member has. */
function placeOf(
  coercion: Coercion,
  { key, keySpan }: MessyMember,
  open: readonly string[],
  schema: JsonObject,
): Declared | { readonly problem: string } {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  if (Object.hasOwn(properties, key)) return { key, schema: properties[key], declared: true, repairs: [] };
  for (const [severity, plain] of keyForms) {
    const alike = open.filter((name) => plain(name) !== "" && plain(name) === plain(key));
    const [only] = alike;
    if (only === undefined || alike.length > 1) continue;
    return {
      key: only,
      schema: properties[only],
      declared: true,
      repairs: [repair("key", severity, { from: key, to: only, span: keySpan })],
    };
  }
  const further = schema["additionalProperties"];
  if (!isObject(further)) return { key, schema: {}, declared: Object.keys(properties).length === 0 && further !== false, repairs: [] };
  const names = isObject(schema["propertyNames"]) ? keyChoices(coercion, schema["propertyNames"]) : undefined;
  if (!names) return { key, schema: further, declared: true, repairs: [] };
  const match = matchChoice(key, names);
  if (match.kind !== "one") return { problem: `${JSON.stringify(key)} is none of the keys allowed here` };
  const repairs = match.choice === key ? [] : [repair("key", match.severity, { from: key, to: match.choice, span: keySpan })];
  return { key: match.choice, schema: further, declared: true, repairs };
}

/** Ways to compare keys, the strictest first. */
const keyForms: readonly (readonly ["safe" | "lenient", (key: string) => string])[] = [
  ["safe", (key) => key.trim()],
  ["safe", (key) => key.trim().toLowerCase()],
  ["lenient", foldText],
];

function keyChoices(coercion: Coercion, schema: unknown): readonly string[] | undefined {
  const flat = coercion.options.schemas.flatten(schema);
  const branches = Array.isArray(flat["anyOf"]) ? flat["anyOf"] : [flat];
  const choices = branches.map((branch: unknown) => choicesOf(coercion.options.schemas.flatten(branch)));
  return choices.every((each) => each !== undefined) ? choices.flat().filter((choice) => typeof choice === "string") : undefined;
}

const anything: JsonObject = {};

/** A list's items, each under the schema of its position. */
export function coerceArray(coercion: Coercion, node: MessyArray, schema: JsonObject): Outcome {
  const positions: readonly unknown[] = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
  const values: unknown[] = [];
  const repairs: Repair[] = [];
  let extra = 0;
  for (const [index, item] of node.items.entries()) {
    const itemSchema = index < positions.length ? positions[index] : schema["items"];
    if (coercion.isUnfinished(item, itemSchema)) continue;
    let child = coercion.coerce(item, itemSchema);
    if (!child.ok && schema === coercion.options.apart) child = coercion.coerce(item, anything);
    if (!child.ok) {
      if (coercion.options.partial && !item.closed) continue;
      return misfit(child.problem, [index, ...child.path]);
    }
    values.push(child.value);
    repairs.push(...below(index, child.repairs));
    extra += child.extra;
  }
  return fit(values, repairs, extra);
}

/** An object where the lowering made a list of `{ key, value }` of a map: its members are the entries. Nothing where it made none. */
export function coerceEntries(coercion: Coercion, node: MessyObject, itemSchema: unknown): Outcome | undefined {
  const item = coercion.options.schemas.flatten(itemSchema);
  const properties = isObject(item["properties"]) ? item["properties"] : {};
  const isEntry = Object.keys(properties).length === 2 && "key" in properties && "value" in properties;
  // One entry, and not yet in its list.
  if (!isEntry || (node.members.length === 2 && node.members.every(({ key }) => key === "key" || key === "value"))) return undefined;
  const entries: unknown[] = [];
  const repairs: Repair[] = [repair("entries", "safe", { span: [node.start, node.end] })];
  let extra = 3;
  for (const { key, keySpan, value } of node.members) {
    if (!value || coercion.isUnfinished(value, properties["value"])) {
      if (!coercion.options.partial) repairs.push(repair("missing-value", "lenient", { from: key, span: keySpan }));
      continue;
    }
    const place: MessyString = { kind: "string", value: key, quoted: true, start: keySpan[0], end: keySpan[1], closed: true, fixes: [] };
    const outcomes = [coercion.coerce(place, properties["key"]), coercion.coerce(value, properties["value"])] as const;
    const [name, child] = outcomes;
    if (!name.ok) return name;
    if (!child.ok) return misfit(child.problem, [key, ...child.path]);
    repairs.push(...below(entries.length, [...below("key", name.repairs), ...below("value", child.repairs)]));
    extra += name.extra + child.extra;
    entries.push({ key: name.value, value: child.value });
  }
  return fit(entries, repairs, extra);
}
