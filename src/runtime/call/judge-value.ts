import type { CallJob } from "./call-job.js";
import { Fault } from "./fault.js";

/**
 * Judges a decoded answer by the schema, makes the caller's type of it, judges that by the caller's checks, transforms it.
 *
 * @throws {Fault} `invalid`, `unchecked`, or `caller` when the caller's own code fails
 */
export function judgeValue<R, C>(job: CallJob<R, C>, decoded: unknown): R | Promise<R> {
  const { spec, shape, options } = job;
  const { revive, validate } = spec;
  const isList = shape === "list";
  const isValid = isList ? Array.isArray(decoded) && decoded.every((item) => validate(item)) : validate(decoded);
  if (!isValid) throw new Fault("invalid", { value: decoded });
  const revived = revive === undefined ? decoded : isList && Array.isArray(decoded) ? decoded.map((item) => revive(item)) : revive(decoded);
  // Parse boundary: the generated validator has proved the shape.
  const value = revived as R;
  // Loaded by those who have checks of their own.
  return (spec.checks ?? options.validate ?? options.transform ?? options.narrow) === undefined
    ? value
    : import("./judge-further.js").then(({ judgeFurther }) => judgeFurther(job, value, decoded));
}
