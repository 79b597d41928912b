import { createRandom } from "../../src/samples/random.js";
import { sampleValue } from "../../src/samples/sample-value.js";
import type { JsonSchema } from "../../src/read/schema-document.js";

/** What to make of a schema: how many samples, and of their changed forms at most how many. */
interface Amounts {
  readonly samples: number;
  readonly changed: number;
}

/** JSON texts of values that the schema's sampler makes, and of what becomes of them when one thing is changed; each once. */
export function literalValues(schema: JsonSchema, amounts: Amounts): readonly string[] {
  const samples = Array.from({ length: amounts.samples }, (_, seed) => sampleValue(schema, createRandom(seed + 1)));
  const texts = new Set(samples.map((value) => JSON.stringify(value)));
  const joined = samples.flatMap((value, index) => joinedWith(value, samples[index + 1]));
  const changed = [...new Set(samples.flatMap(changes).map((value) => JSON.stringify(value)))];
  return [...new Set([...texts, ...joined.map((value) => JSON.stringify(value)), ...atDistances(changed, amounts.changed)])];
}

/** At most so many of the items, from all along the list. */
function atDistances<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** An object with the keys of another besides: where both are of one union, those of two branches. */
function joinedWith(value: unknown, other: unknown): readonly unknown[] {
  return isObject(value) && isObject(other) ? [{ ...other, ...value }] : [];
}

/** The value with one thing changed: a key or an item too many or too few, or something of another kind. */
function changes(value: unknown): readonly unknown[] {
  const others = otherKinds().filter((other) => JSON.stringify(other) !== JSON.stringify(value));
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const inside = items.flatMap((item, index) => changes(item).map((other) => replaced(items, index, other)));
    return [...others, items.slice(0, -1), [...items, items.at(-1)], [...items, 7.5], ...inside];
  }
  if (!isObject(value)) return others;
  const entries = Object.entries(value);
  const without = entries.map(([key]) => Object.fromEntries(entries.filter(([name]) => name !== key)));
  const inside = entries.flatMap(([key, member]) => changes(member).map((other) => ({ ...value, [key]: other })));
  return [...others, ...without, { ...value, surplus: "x" }, ...inside];
}

function otherKinds(): readonly unknown[] {
  return [null, "other", 7.5, 3, true, {}, []];
}

function replaced(items: readonly unknown[], at: number, by: unknown): readonly unknown[] {
  return items.map((item, index) => (index === at ? by : item));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
