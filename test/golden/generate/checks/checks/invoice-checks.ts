// What people write: checks beyond the schema, named by it.
interface Invoice {
  readonly number: string;
  readonly lines: readonly number[];
  readonly total: number;
}

export function totals({ lines, total }: Invoice): { readonly path: readonly string[]; readonly message: string }[] {
  const sum = lines.reduce((all, line) => all + line, 0);
  return sum === total ? [] : [{ path: ["total"], message: `must be ${sum}, the sum of the lines` }];
}

/** Asks the caller's own records. */
export function isOpen({ number }: Invoice, { closed = [] }: { readonly closed?: readonly string[] } = {}): true | string {
  return closed.includes(number) ? `invoice ${number} is closed` : true;
}
