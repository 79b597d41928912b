/** What each id refers to. */
export type Links = ReadonlyMap<string, readonly string[]>;

interface Visit {
  readonly id: string;
  readonly index: number;
  /** Least index that is reached from here. */
  low: number;
  /** Links followed so far. */
  followed: number;
  isOpen: boolean;
}

/**
 * The strongly connected components of a graph: ids that reach each other stand together, and what is referred to comes before what refers
 * to it. Linear (R. Tarjan, 1972), and nothing recurses: a chain may be as long as an answer. Links to ids that are not there lead nowhere.
 */
export function components(links: Links): readonly (readonly string[])[] {
  const visits = new Map<string, Visit>();
  const open: Visit[] = [];
  const found: (readonly string[])[] = [];
  const enter = (id: string): Visit => {
    const visit = { id, index: visits.size, low: visits.size, followed: 0, isOpen: true };
    visits.set(id, visit);
    open.push(visit);
    return visit;
  };
  for (const root of links.keys()) {
    const way = visits.has(root) ? [] : [enter(root)];
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const next = links.get(at.id)?.[at.followed++];
      if (next !== undefined) {
        const seen = visits.get(next);
        if (seen === undefined && links.has(next)) way.push(enter(next));
        else if (seen?.isOpen === true) at.low = Math.min(at.low, seen.index);
        continue;
      }
      way.pop();
      const parent = way.at(-1);
      if (parent !== undefined) parent.low = Math.min(parent.low, at.low);
      if (at.low === at.index) found.push(close(open, at));
    }
  }
  return found;
}

/** Takes the component of `root` off the stack; ids in the order in which they were met. */
function close(open: Visit[], root: Visit): readonly string[] {
  const members = open.splice(open.lastIndexOf(root));
  for (const member of members) member.isOpen = false;
  return members.map(({ id }) => id);
}
