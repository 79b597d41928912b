// Assertions without a library: the suite runs where vitest and node:assert do not.

/** @throws {Error} the values differ as JSON, Dates included */
export function equal(actual: unknown, expected: unknown, what = "value"): void {
  const [got, wanted] = [text(actual), text(expected)];
  if (got !== wanted) throw new Error(`${what}: got ${got}, wanted ${wanted}`);
}

/** @throws {Error} the condition does not hold */
export function ok(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not so: ${what}`);
}

/** What the work ends with. @throws {Error} a value came */
export async function failure(work: PromiseLike<unknown>): Promise<unknown> {
  const ended = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in ended) return ended.error;
  throw new Error(`no error, but ${text(ended.value)}`);
}

/** All that an iterable gives, until it ends. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** JSON with sorted keys; a Date is told from its text. */
function text(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "undefined";
}

function sorted(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
