import { components } from "./components.js";

/** What each id refers to, and where it is said. */
export type Graph = ReadonlyMap<string, readonly Reference[]>;

interface Reference {
  readonly to: string;
  readonly path: readonly (string | number)[];
}

/** A step of a cycle: the id that it leaves, and where the reference stands that it takes. */
export interface CycleStep {
  readonly from: string;
  readonly path: readonly (string | number)[];
}

/** One cycle of each tangle of a graph: the shortest that leads through the first of its ids. */
export function findCycles(graph: Graph): readonly (readonly CycleStep[])[] {
  const order = new Map([...graph.keys()].map((id, index) => [id, index]));
  const rank = (id: string): number => order.get(id) ?? 0;
  return components(new Map([...graph].map(([id, references]) => [id, references.map(({ to }) => to)])))
    .filter(([first = "", ...others]) => others.length > 0 || graph.get(first)?.some(({ to }) => to === first) === true)
    .map((tangle) => [...tangle].sort((a, b) => rank(a) - rank(b)))
    .sort(([a = ""], [b = ""]) => rank(a) - rank(b))
    .map((tangle) => cycleThrough(graph, new Set(tangle), tangle[0] ?? ""));
}

/** Breadth first: in a tangle every id leads back to itself. */
function cycleThrough(graph: Graph, tangle: ReadonlySet<string>, start: string): readonly CycleStep[] {
  const steps = new Map<string, CycleStep>();
  const queue = [start];
  for (const from of queue) {
    for (const { to, path } of graph.get(from) ?? []) {
      if (to === start) return wayBack(steps, start, { from, path });
      if (!tangle.has(to) || steps.has(to)) continue;
      steps.set(to, { from, path });
      queue.push(to);
    }
  }
  return [];
}

function wayBack(steps: ReadonlyMap<string, CycleStep>, start: string, last: CycleStep): readonly CycleStep[] {
  const cycle = [last];
  for (let { from } = last; from !== start;) {
    const step = steps.get(from);
    if (step === undefined) break;
    cycle.push(step);
    ({ from } = step);
  }
  return cycle.map((_, index) => cycle[cycle.length - 1 - index] ?? last);
}
