import type { Spec } from "../spec.js";

/**
 * JSON values as a spec's type, new ones at every call: Dates are revived.
 *
 * @throws {Error} when one is not valid: the file was edited, or is older than its neighbours
 */
export function validSamples<T>(spec: Spec<T>, samples: readonly unknown[]): T[] {
  return samples.map((sample, index) => {
    const value: unknown = structuredClone(sample);
    if (!spec.validate(value)) throw new Error(`Sample ${index} is no valid ${spec.name}: run \`schemacast generate\`.`);
    // Validated just above; where the type is more than JSON, `revive` makes it so.
    return spec.revive === undefined ? (value as T) : spec.revive(value);
  });
}
