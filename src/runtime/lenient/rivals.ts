import type { Candidate } from "./find-candidates.js";
import type { MessyNode } from "./messy-node.js";
import type { Fit, Outcome } from "./outcome.js";
import { isObject } from "./wire-schema.js";

/** A candidate and what became of it. */
export interface Tried {
  readonly candidate: Candidate;
  readonly outcome: Outcome;
}

export interface Taken {
  readonly candidate: Candidate;
  readonly fit: Fit;
}

/**
 * Why a candidate that fits is not the only answer: another of its form is one only by a guess, or by what the caller does not
 * accept; or it comes later and is not whole, so that the answer that was meant, or a further item of the list, is lost with it.
 */
export function rivalOf(taken: readonly Taken[], outcomes: readonly Tried[], isList: boolean): string | undefined {
  const [first] = taken;
  const last = taken.at(-1)?.candidate.node;
  if (!first || !last) return undefined;
  const candidates = new Set(taken.map(({ candidate }) => candidate));
  const values = new Set(taken.map(({ fit }) => canonical(fit.value)));
  const isAlike = likenessTo(first.candidate.node);
  const others = outcomes.filter(({ candidate }) => !candidates.has(candidate) && candidate.prominent && isAlike(candidate.node));
  if (others.some(({ outcome }) => outcome.ok && isDirect(outcome) && !values.has(canonical(outcome.value))))
    return "another value in the text may be meant, and does not fit as it stands";
  for (const { candidate, outcome } of others) {
    const isCut = candidate.node.start > last.start && !candidate.node.closed;
    if (!outcome.ok && (isList || isCut)) return `another value in the text is not whole: ${outcome.problem}`;
  }
  return undefined;
}

/** Two lists are alike, and two objects with a key in common. */
function likenessTo(taken: MessyNode): (node: MessyNode) => boolean {
  const keys = new Set(taken.kind === "object" ? taken.members.map(({ key }) => key) : []);
  return (node) =>
    node.kind === "object" ? node.members.some(({ key }) => keys.has(key)) : node.kind === "array" && taken.kind === "array";
}

/** JSON, the same for objects that differ but in the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1))) : member,
  );
}

/** Whether it fits with its own keys or items: what fits as one text, or as a part of what is asked for, is something else. */
function isDirect({ repairs }: Fit): boolean {
  return !repairs.some(({ kind, path }) => path.length === 0 && /^(?:unwrap|implied-key|to-string|undeclared-key)$/.test(kind));
}
