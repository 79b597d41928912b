/** A number that a text means. `safe`: it can't mean another. */
export interface NumberReading {
  readonly value: number;
  readonly severity: "safe" | "lenient";
}

const plain = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** One group after a comma may as well be a fraction. */
const oneGroup = /^[+-]?\d{1,3},\d{3}$/;
const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
/** As in India: lakhs and crores. */
const indian = /^[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/;
const underscored = /^[+-]?\d{1,3}(?:_\d{3})+(?:\.\d+)?$/;
const otherGroups = /^[+-]?\d{1,3}(?:[ '’\u00a0\u202f]\d{3})+(?:[.,]\d+)?$/;
const pointGroups = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;
const commaFraction = /^[+-]?\d+,(?:\d{1,2}|\d{4,})$/;
const fraction = /^([+-]?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/;
const adorned =
  /^(?:[A-Z]{0,2}\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|INR|KRW|BRL|CAD|AUD|MXN|SEK|NOK|DKK|PLN|Rs\.?|kr\.?)?\s*([+-]?\d[\d.,_'’ \u00a0\u202f]*?(?:[eE][+-]?\d+)?)\s*(?:\p{Sc}|%|°\s?[CFK]?|[a-zA-Zµ]{1,12}(?:\/[a-zA-Z]{1,6})?\.?)?$/u;
/** No number is longer with its unit; blanks without end would be tried in every way. */
const longest = 100;
/** Words and letters that make another number of what stands before them. */
const multiplier =
  /^\s*(?:k|m|mm|mn|mio|mil|mrd|b|bn|bln|t|tn|tsd|hundred|thousand|millions?|billions?|trillions?|dozens?|score|gross|pairs?|lakhs?|crores?|tausend|million(?:en)?|milliarden?|mille|millones)\b/i;

/** Where a number stands. */
export interface NumberPlace {
  /** Fractions can't be meant. */
  readonly whole?: boolean;
  /** Without quotes, as a programmer writes it. */
  readonly bare?: boolean;
}

/** The number that a whole text is. */
export function readNumber(written: string, { whole = false, bare = false }: NumberPlace = {}): NumberReading | undefined {
  const text = written.replace(/^\u2212/, "-");
  if (plain.test(text)) return exact(text, "safe");
  if (bare && /^0x[0-9a-f]{1,13}$/i.test(text)) return { value: Number(text), severity: "safe" };
  if (underscored.test(text)) return exact(text.replaceAll("_", ""), "safe");
  if (grouped.test(text)) return exact(text.replaceAll(",", ""), oneGroup.test(text) && !whole ? "lenient" : "safe");
  if (indian.test(text)) return exact(text.replaceAll(",", ""), "lenient");
  if (pointGroups.test(text)) return exact(text.replaceAll(".", "").replace(",", "."), "lenient");
  if (otherGroups.test(text)) return exact(text.replace(/[^\d.,+-]/g, "").replace(",", "."), "lenient");
  if (commaFraction.test(text)) return exact(text.replace(",", "."), "lenient");
  const [, over, under] = fraction.exec(text) ?? [];
  if (over !== undefined && under !== undefined) return quotient(Number(over), Number(under));
  const digits = text.length > longest ? undefined : adorned.exec(text)?.[1];
  if (digits === undefined || digits === text || multiplier.test(text.slice(text.indexOf(digits) + digits.length))) return undefined;
  const inner = readNumber(digits, { whole });
  return inner && { ...inner, severity: "lenient" };
}

/** The only number in a sentence. */
export function numberIn(text: string): NumberReading | undefined {
  const found = [...text.matchAll(/(?<![\w.])[+-]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d)/g)];
  if (found.some(({ 0: digits, index }) => multiplier.test(text.slice(index + digits.length)))) return undefined;
  const readings = found.map(([digits]) => exact(digits.replaceAll(",", ""), "lenient"));
  const values = new Set(readings.map((reading) => reading?.value));
  return values.size === 1 ? readings[0] : undefined;
}

/** Nothing where its digits have no end, which a double shows as 16 or 17 of them: thirds are no number that can be written. */
function quotient(over: number, under: number): NumberReading | undefined {
  const value = over / under;
  return Number.isFinite(value) && String(value).length < 15 ? { value, severity: "lenient" } : undefined;
}

/** Nothing where a double can't hold what is written: to round is to lose. */
function exact(text: string, severity: NumberReading["severity"]): NumberReading | undefined {
  const value = Number(text);
  return Number.isFinite(value) && decimal(text) === decimal(String(value)) ? { value, severity } : undefined;
}

/** Digits without zeros at their ends, and the power of ten: the same for all ways to write a number. */
function decimal(text: string): string {
  const [, sign, whole = "", part = "", power = "0"] = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + part).replace(/^0+/, "");
  const bare = digits.replace(/0+$/, "");
  if (bare === "") return "0";
  return `${sign === "-" ? "-" : ""}${bare}e${Number(power) - part.length + digits.length - bare.length}`;
}
