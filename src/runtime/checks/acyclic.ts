import type { Check, Issue } from "../options.js";
import { findCycles, type Graph } from "./find-cycles.js";
import { type Found, type Path, valuesAt } from "./values-at.js";

/** How the items of a graph refer to each other. */
export type GraphOptions =
  | {
      /** From an item to its own id. Default `"id"`. */
      readonly id?: Path;
      /** From an item to the ids that it refers to: `"dependencies.*"`, `"parentId"`. */
      readonly to: Path;
    }
  | {
      /** From an edge to the id that it leaves. */
      readonly from: Path;
      /** From an edge to the id that it leads to. */
      readonly to: Path;
    };

/**
 * A check that what refers to each other does not go round: `acyclic("tasks.*", { to: "dependencies.*" })` for items with ids,
 * `acyclic("nodes.*", { to: "parentId" })` for a tree, `acyclic("edges.*", { from: "from", to: "to" })` for edges. One issue for each
 * tangle, at a reference that closes its shortest cycle; it tells the whole cycle. `null` and ids that are not there end a way.
 */
export function acyclic<T, C = unknown>(items: Path, options: GraphOptions): Check<T, C> {
  return (value) =>
    findCycles(graphOf(valuesAt(value, items), options)).map((cycle): Issue => {
      const [first] = cycle;
      const ids = cycle.map(({ from }) => from);
      const shown = ids.length > 20 ? [...ids.slice(0, 19), "…", ...ids.slice(-1)] : ids;
      const around = [...shown, first?.from].join(" → ");
      return { path: cycle.at(-1)?.path ?? [], message: `closes a cycle: ${around}; leave out one of these references` };
    });
}

/** Ids are told apart as JSON tells them: 1 is not "1". */
function graphOf(items: readonly Found[], options: GraphOptions): Graph {
  const graph: Map<string, { readonly to: string; readonly path: Found["path"] }[]> = new Map();
  for (const item of items) {
    const ids = valuesAt(item.value, "from" in options ? options.from : (options.id ?? "id"));
    for (const { value: id } of ids) {
      if (id === null) continue;
      const from = JSON.stringify(id);
      const references = graph.get(from) ?? [];
      graph.set(from, references);
      for (const { value: to, path } of valuesAt(item.value, options.to)) {
        if (to !== null) references.push({ to: JSON.stringify(to), path: [...item.path, ...path] });
      }
    }
  }
  return graph;
}
