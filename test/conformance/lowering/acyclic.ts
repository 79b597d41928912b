/** Whether an order exists in which each comes after what it depends on. */
export function acyclic(items: readonly { readonly id: number; readonly dependencies?: readonly number[] | null }[]): boolean {
  let left = [...items];
  for (;;) {
    const waiting = new Set(left.map(({ id }) => id));
    const next = left.filter(({ dependencies }) => dependencies?.some((id) => waiting.has(id)));
    if (next.length === left.length) return left.length === 0;
    left = next;
  }
}
