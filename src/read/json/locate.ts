import type { SourcePosition } from "../../diagnostics/diagnostic.js";
import type { JsonNode } from "./json-node.js";
import { step } from "./json-node.js";
import type { NormalisedSchema } from "./normalise.js";
import { unescapeSegment } from "./uri.js";

/** Keywords of the normalised form and what they were called in older drafts. */
const formerNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["$ref", ["$dynamicRef", "$recursiveRef"]],
  ["prefixItems", ["items"]],
  ["items", ["additionalItems"]],
  ["dependentRequired", ["dependencies"]],
  ["dependentSchemas", ["dependencies"]],
  ["exclusiveMinimum", ["minimum"]],
  ["exclusiveMaximum", ["maximum"]],
  ["examples", ["example"]],
]);

/** Makes the function that finds the place a part of a normalised schema was written at, in whichever file that is. */
export function locator(normalised: NormalisedSchema, position: (node: JsonNode) => SourcePosition): (pointer: string) => SourcePosition {
  return (pointer) => {
    let value: unknown = normalised.schema;
    let node = normalised.root;
    for (const segment of pointer.split("/").slice(1).map(unescapeSegment)) {
      value = isContainer(value) && Object.hasOwn(value, segment) ? Reflect.get(value, segment) : undefined;
      const origin = isContainer(value) ? normalised.origins.get(value) : undefined;
      const next = origin ?? stepDown(node, segment);
      if (next) node = next;
      if (value === undefined) break;
    }
    return position(node);
  };
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function stepDown(node: JsonNode, segment: string): JsonNode | undefined {
  const former = formerNames.get(segment) ?? [];
  // A tuple's `items` were its first items; what follows them stood in `additionalItems`.
  const own = step(node, segment);
  const names = segment === "items" && own?.kind === "array" ? former : [segment, ...former];
  for (const name of names) {
    const found = step(node, name);
    if (found) return found;
  }
  return undefined;
}
