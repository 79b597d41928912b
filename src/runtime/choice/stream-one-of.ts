import type { ExtractInput, ExtractOptions } from "../options.js";
import type { ExtractionStream, ListStream } from "../results.js";
import type { Plan, PlanNode, StreamSpec } from "../spec.js";
import { rareKinds } from "../json/rare-kinds.js";
import { stream, streamList } from "../stream.js";
import { type Choice, type ChoicePartial, namedChoices, type StreamChoices } from "./choice.js";
import { choiceSpec } from "./choice-spec.js";

/** Extracts one of several things and shows it while it grows; `type` is there from the first snapshot that has a value. */
export function streamOneOf<const S extends StreamChoices, C = unknown>(
  choices: S,
  input: ExtractInput,
  options?: ExtractOptions<Choice<S>, C>,
): ExtractionStream<Choice<S>, ChoicePartial<S>> {
  const { root, ...plan } = choicePlan(choices);
  return stream(streamSpec(choices, { ...plan, root: { kind: "unwrap", key: "result", node: root } }), input, options);
}

/** Extracts all that a text holds of several things and hands out each as it closes. */
export function streamAnyOf<const S extends StreamChoices, C = unknown>(
  choices: S,
  input: ExtractInput,
  options?: ExtractOptions<Choice<S>[], C>,
): ListStream<Choice<S>> {
  return streamList(streamSpec(choices, choicePlan(choices)), input, options);
}

function streamSpec<S extends StreamChoices>(choices: S, plan: Plan): StreamSpec<Choice<S>, ChoicePartial<S>> {
  return { ...choiceSpec(choices), handler: { plan, rare: rareKinds } };
}

/** A union of `{ type, value }`, decided by `type`; the plans' definitions get their choice's name before their own. */
function choicePlan(choices: StreamChoices): Plan {
  const entries = Object.entries(namedChoices(choices));
  const prefixed = entries.map(([name, { handler }]) => [name, prefixRefs(handler.plan, name)] as const);
  const branches = prefixed.map(([, { root }]): PlanNode => ({
    kind: "object",
    fields: { type: { node: { kind: "atom" } }, value: { node: root } },
  }));
  const cases = Object.fromEntries(entries.map(([name], index) => [name, index]));
  const defs = prefixed.flatMap(([name, plan]) => Object.entries(plan.defs ?? {}).map(([key, node]) => [`${name}_${key}`, node] as const));
  return { root: { kind: "union", branches, byTag: { key: "type", cases } }, defs: Object.fromEntries(defs) };
}

function prefixRefs(plan: Plan, name: string): Plan {
  const rename = (key: string, value: unknown): unknown => (key === "to" && typeof value === "string" ? `${name}_${value}` : value);
  // Plans are pure data; "to" is a member of refs only, and of `fields`, where its value is an object.
  return JSON.parse(JSON.stringify(plan), rename) as Plan;
}
