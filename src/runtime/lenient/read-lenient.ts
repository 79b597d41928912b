import type { JsonObject, LenientOptions, LenientReading } from "../spec.js";
import { typesOf } from "./coerce-scalar.js";
import { Coercion } from "./coerce.js";
import { findCandidates, type Candidate } from "./find-candidates.js";
import type { MessyNode } from "./messy-node.js";
import { bulletsOf, rowOf } from "./bullets.js";
import { fit, misfit, nearest, repair, withRepairs, type Fit, type Outcome } from "./outcome.js";
import { canonical, rivalOf, type Taken } from "./rivals.js";
import { branchesOf, choicesOf, isObject, WireSchema } from "./wire-schema.js";

/**
 * Finds the one value in a model's text and makes it fit the wire schema. Every change is recorded, in three classes: none is
 * needed, nothing is lost by it (safe), something was guessed (lenient). Two values that both fit are never chosen between.
 */
export function readLenient(text: string, options: LenientOptions): LenientReading {
  const whole = parseJson(text);
  if (options.policy === "strict") {
    return whole ? { ok: true, value: whole.value, repairs: [] } : { ok: false, problem: "the text is not JSON", path: [] };
  }
  const { candidates, spoken } = findCandidates(text, options.partial === true);
  const schemas = new WireSchema(options.schema);
  const make = (dropUndeclared: boolean): Reading => ({
    text,
    spoken,
    candidates: scalarCandidate(text, whole) ?? candidates,
    coercion: new Coercion({
      text,
      schemas,
      partial: options.partial === true,
      mayLack: options.mayLack === true,
      apart: options.itemsApart === true ? schemas.flatten(propertyOf(schemas, "items")) : undefined,
      dropUndeclared,
      wrapper: wrapperOf(options),
      tool: options.tool,
    }),
    options,
  });
  const kept = choose(make(false));
  if (kept.ok || options.policy === "safe") return kept;
  const dropped = choose(make(true));
  return dropped.ok ? dropped : kept;
}

interface Reading {
  readonly text: string;
  readonly spoken: string;
  readonly candidates: readonly Candidate[];
  readonly coercion: Coercion;
  readonly options: LenientOptions;
}

function choose(reading: Reading): LenientReading {
  const { candidates, coercion, options, text } = reading;
  const wrapper = wrapperOf(options);
  if (wrapper === undefined && isFreeText(coercion, options.schema)) return { ok: true, value: text, repairs: [] };
  const outcomes = candidates.map((candidate) => ({ candidate, outcome: coercion.coerce(candidate.node, options.schema) }));
  const fits = outcomes.flatMap(({ candidate, outcome }) =>
    outcome.ok && isAllowed(outcome, options) ? [{ candidate, fit: outcome }] : [],
  );
  const prominent = fits.filter(({ candidate }) => candidate.prominent);
  const taken = prominent.length > 0 ? prominent : fits;
  const distinct = new Map(taken.map((each) => [canonical(each.fit.value), each]));
  const [only, ...others] = distinct.values();
  if (
    wrapper !== undefined &&
    isFreeText(coercion, propertyOf(coercion.options.schemas, wrapper)) &&
    !(only && isWrapped(only.candidate.node, wrapper))
  ) {
    return finish(fit({ [wrapper]: text }, [repair("implied-key", "safe", { to: wrapper })]));
  }
  if (only === undefined) return fromProse(reading, outcomes);
  const isItems = taken.every(({ fit: { repairs } }) => repairs.some(({ kind }) => kind === "wrap"));
  const rival = options.partial === true ? undefined : rivalOf(taken, outcomes, isItems);
  if (rival !== undefined) return misfit(rival);
  // One item written twice is two items, or one answer that was said again.
  const isRepeated = taken.length > 1 && isItems;
  if (others.length === 0 && !isRepeated) return finish(withSurroundings(only.fit, only.candidate.node, text));
  const joined = others.length > 0 || areRows(reading, taken) ? joinItems(reading, taken) : undefined;
  if (joined) return finish(joined);
  return misfit(
    others.length > 0
      ? `${distinct.size} different values in the text fit; only one may be given`
      : `the same item stands in the text ${taken.length} times; whether it was meant as often can't be told`,
  );
}

function finish({ value, repairs }: Fit): LenientReading {
  return { ok: true, value, repairs };
}

/** Under `safe`, a fit that rests on a guess is none; nor is one that the caller does not accept. */
function isAllowed({ value, repairs }: Fit, { policy, accept, partial, schema }: LenientOptions): boolean {
  if (policy === "safe" && repairs.some((each) => each.severity === "lenient")) return false;
  if (partial === true) return !isForeign(value, schema);
  return accept === undefined || accept(value);
}

/** Of an object that has none of the keys that are asked for, nothing can be shown: it stands in the prose, or in a thought. */
function isForeign(value: unknown, { properties, additionalProperties }: JsonObject): boolean {
  if (!isObject(value) || !isObject(properties) || additionalProperties !== false) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && !keys.some((key) => Object.hasOwn(properties, key));
}

/** Whether nothing but line breaks and commas stands between candidates. */
function areRows({ text }: Reading, taken: readonly Taken[]): boolean {
  const nodes = taken.map(({ candidate: { node } }) => node);
  return nodes.every((node, at) => at === 0 || /^[\s,]*$/.test(text.slice(nodes[at - 1]?.end, node.start)));
}

/** Several objects in a row where a list of them is due, under the key that the lowering wrapped a list with too. */
function joinItems({ options }: Reading, taken: readonly Taken[]): Fit | undefined {
  const areItems = taken.every(({ candidate }) => candidate.node.kind !== "array");
  if (options.policy !== "lenient" || !areItems) return undefined;
  const lists = taken.map(({ fit: { value } }) => listIn(value));
  const [first] = lists;
  if (!first || lists.some((list) => list === undefined || list.key !== first.key)) return undefined;
  const items = lists.flatMap((list) => [...(list?.items ?? [])]);
  // A list that is itself the value of a property has its own place for each.
  const isWrapped = first.key !== undefined;
  if (isWrapped && taken.some(({ fit: { repairs } }) => !repairs.some(({ kind }) => kind === "implied-key"))) return undefined;
  const spans = taken.map(({ candidate: { node } }) => repair("join", "lenient", { span: [node.start, node.end] }));
  const value = first.key === undefined ? items : { [first.key]: items };
  const joined = fit(value, [...spans, ...taken.flatMap((each) => each.fit.repairs)]);
  return isAllowed(joined, options) ? joined : undefined;
}

/** A list, or the one in an object that holds nothing else. */
function listIn(value: unknown): { readonly key?: string; readonly items: readonly unknown[] } | undefined {
  if (Array.isArray(value)) return { items: value };
  const [entry, ...others] = Object.entries(value ?? {});
  return entry && others.length === 0 && Array.isArray(entry[1]) ? { key: entry[0], items: entry[1] } : undefined;
}

/** No candidate fits: a choice, number or truth value may be named in the sentences themselves. */
function fromProse({ spoken, candidates, coercion, options }: Reading, outcomes: readonly { readonly outcome: Outcome }[]): LenientReading {
  const value = spoken.trim();
  const failed = nearest(outcomes.map(({ outcome }) => outcome));
  if (value === "" || options.partial === true || candidates.some(({ prominent }) => prominent)) return explain(failed, options);
  const node: MessyNode = { kind: "string", value, quoted: false, start: 0, end: 0, closed: true, fixes: [] };
  // The words are the source: they stand nowhere else in one piece.
  const inProse = new Coercion({ ...coercion.options, text: "" });
  const list = options.policy === "lenient" ? (bulletsOf(value) ?? rowOf(value)) : undefined;
  const listed = list && withRepairs(inProse.coerce(list, options.schema), repair("unbracketed", "lenient"));
  if (listed?.ok === true && isAllowed(listed, options)) return finish(listed);
  const outcome = inProse.coerce(node, options.schema);
  if (outcome.ok && isAllowed(outcome, options)) return finish(outcome);
  return explain(outcomes.length > 0 ? failed : outcome, options);
}

/** Why an outcome is not given. */
function explain(outcome: Outcome, options: LenientOptions): LenientReading {
  if (!outcome.ok) return outcome;
  const guess = outcome.repairs.find(({ severity }) => severity === "lenient");
  if (options.policy === "safe" && guess) return misfit(`it fits only after a guess (${guess.kind})`, guess.path);
  return misfit("the value that was found is not valid");
}

function withSurroundings(found: Fit, node: MessyNode, text: string): Fit {
  const outside = text.slice(0, node.start) + text.slice(node.end);
  if (outside.trim() === "") return found;
  return fit(found.value, [repair("surrounding-text", "safe", { span: [node.start, node.end] }), ...found.repairs], found.extra);
}

/** The object that was asked for, however it is written; `{value: 1}` in a sentence is none. */
function isWrapped(node: MessyNode, wrapper: string): boolean {
  return (
    node.kind === "object" && node.members.some(({ key }) => key === wrapper) && !node.fixes.some(({ kind }) => kind === "unquoted-key")
  );
}

function propertyOf({ root: { properties } }: WireSchema, key: string): unknown {
  return isObject(properties) ? properties[key] : undefined;
}

/** The lowering's key for a root that is no object. */
function wrapperOf({ wrapped }: LenientOptions): string | undefined {
  return wrapped === true ? "value" : undefined;
}

/** A whole text is the value where nothing but a free string is due. */
function isFreeText({ options: { schemas } }: Coercion, schema: unknown): boolean {
  const flat = schemas.flatten(schema);
  const types = typesOf(flat);
  return types?.length === 1 && types[0] === "string" && choicesOf(flat) === undefined && branchesOf(flat) === undefined;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** A text that is a JSON scalar and nothing else. */
function scalarCandidate(text: string, whole: { readonly value: unknown } | undefined): readonly Candidate[] | undefined {
  if (whole === undefined || (typeof whole.value === "object" && whole.value !== null)) return undefined;
  const start = text.length - text.trimStart().length;
  const place = { start, end: text.trimEnd().length, closed: true, fixes: [] };
  const { value } = whole;
  if (typeof value === "string") return [{ node: { kind: "string", value, quoted: true, ...place }, prominent: true }];
  if (typeof value !== "number" && typeof value !== "boolean" && value !== null) return undefined;
  return [{ node: { kind: "literal", value, ...place }, prominent: true }];
}
