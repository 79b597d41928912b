import type { Repair } from "../options.js";
import type { Fix } from "./messy-node.js";

export type Path = readonly (string | number)[];

/** What became of one node under one schema. Paths are relative to it. */
export type Outcome = Fit | Misfit;

export interface Fit {
  readonly ok: true;
  readonly value: unknown;
  readonly repairs: readonly Repair[];
  /** Distance from the schema that is no repair; for the choice among branches. */
  readonly extra: number;
}

export interface Misfit {
  readonly ok: false;
  readonly problem: string;
  readonly path: Path;
}

/** No number of repairs that lose nothing weighs as much as one guess. */
const costs = { safe: 1, lenient: 1_000_000 } as const;

/** How far the text is from the schema: 0 for what needs no change. */
export function costOf({ repairs, extra }: Fit): number {
  return repairs.reduce((sum, { severity }) => sum + costs[severity], extra);
}

export function isGuessed({ repairs }: Fit): boolean {
  return repairs.some(({ severity }) => severity === "lenient");
}

/** The nearest fit, the first of equals; without one, the misfit that got furthest. */
export function nearest(outcomes: readonly Outcome[]): Outcome {
  const fits = outcomes.filter((outcome) => outcome.ok);
  if (fits.length > 0) return fits.reduce((best, each) => (costOf(each) < costOf(best) ? each : best));
  const misfits = outcomes.filter((outcome) => !outcome.ok);
  return misfits.reduce(
    (best, each) => (each.path.length > best.path.length ? each : best),
    misfits[0] ?? misfit("nothing is allowed here"),
  );
}

export function fit(value: unknown, repairs: readonly Repair[] = [], extra = 0): Fit {
  return { ok: true, value, repairs, extra };
}

export function misfit(problem: string, path: Path = []): Misfit {
  return { ok: false, problem, path };
}

/** The same outcome with further repairs of the same place before its own. */
export function withRepairs(outcome: Outcome, ...repairs: readonly Repair[]): Outcome {
  return outcome.ok && repairs.length > 0 ? fit(outcome.value, [...repairs, ...outcome.repairs], outcome.extra) : outcome;
}

/** Repairs of a child, seen from its parent. */
export function below(key: string | number, repairs: readonly Repair[]): readonly Repair[] {
  return repairs.map((repair) => ({ ...repair, path: [key, ...repair.path] }));
}

export function atPath(fix: Fix): Repair {
  return { path: [], ...fix };
}

/** A repair of this place. */
export function repair(kind: string, severity: Repair["severity"], facts: Omit<Repair, "path" | "kind" | "severity"> = {}): Repair {
  return { path: [], kind, severity, ...facts };
}
