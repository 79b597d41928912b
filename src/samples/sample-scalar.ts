import type { Fields } from "./fields.js";
import { uuid, type Random } from "./random.js";
import { samplePattern } from "./sample-pattern.js";

/** A number within the bounds and on the step, if there is one. */
export function sampleNumber(node: Fields, random: Random, integer: boolean): number {
  const bound = (key: string): number | undefined => (typeof node[key] === "number" ? node[key] : undefined);
  const step = bound("multipleOf") ?? (integer ? 1 : 0);
  const grain = step || 0.01;
  const low = Math.max(bound("minimum") ?? -Infinity, (bound("exclusiveMinimum") ?? -Infinity) + grain);
  const high = Math.min(bound("maximum") ?? Infinity, (bound("exclusiveMaximum") ?? Infinity) - grain);
  const from = low > -Infinity ? low : Math.min(1, high - 100 * grain);
  const to = Math.min(high, from + (integer ? 99 : 100));
  if (step === 0) {
    if (to - from < grain) return from <= high ? from : high;
    return Math.round((from + ((to - from) * random.between(0, 10_000)) / 10_000) * 100) / 100;
  }
  const first = Math.ceil(from / step);
  const last = Math.max(first, Math.floor(to / step));
  // A decimal step must divide the number in floating point too: validators divide.
  for (let tries = 0; tries < 50; tries++) {
    const value = Number((random.between(first, last) * step).toPrecision(12));
    if (Number.isInteger(value / step)) return value;
  }
  return first * step;
}

const words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "iris", "juniper", "krill", "lumen"] as const;

/** By the property's name, so that offline answers read like answers. */
const texts: Readonly<Record<string, readonly string[]>> = {
  name: ["Ada Lovelace", "Jason Miller", "Mara Köhler", "Li Wei"],
  title: ["Quarterly review", "Field notes", "A short history"],
  street: ["12 Harbor Lane", "4 Birch Road", "98 Mill Street"],
  city: ["Lisbon", "Toronto", "Kraków"],
  country: ["Portugal", "Canada", "Poland"],
  email: ["ada@example.com", "li.wei@example.org"],
  url: ["https://example.com/a", "https://example.org/b"],
  date: ["2026-03-14", "2025-11-02"],
  currency: ["EUR", "USD"],
};

const formats: Readonly<Record<string, (random: Random) => string>> = {
  "date-time": (random) => `2026-0${random.between(1, 9)}-1${random.between(0, 9)}T0${random.between(0, 9)}:30:00Z`,
  date: (random) => `2026-0${random.between(1, 9)}-1${random.between(0, 9)}`,
  time: (random) => `1${random.between(0, 9)}:15:00Z`,
  duration: (random) => `P${random.between(1, 30)}D`,
  email: (random) => `${word(random)}@example.com`,
  hostname: (random) => `${word(random)}.example.com`,
  ipv4: (random) => `192.0.2.${random.between(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.between(1, 9999)}`,
  uri: (random) => `https://example.com/${word(random)}`,
  "uri-reference": (random) => `/${word(random)}`,
  uuid,
};

function word(random: Random): string {
  return words[random.between(0, words.length - 1)] ?? words[0];
}

/** A schema that demands more gets a text that is too short: nobody waits for it, and no model writes it. */
const longestText = 100_000;

/** A text of the format and length asked for; `key` is the property it is for. */
export function sampleString(node: Fields, random: Random, key: string): string {
  const format = typeof node["format"] === "string" && Object.hasOwn(formats, node["format"]) ? formats[node["format"]] : undefined;
  if (format) return format(random);
  const matching = typeof node["pattern"] === "string" ? samplePattern(node["pattern"], random) : undefined;
  if (matching !== undefined) return matching;
  const known = Object.hasOwn(texts, key.toLowerCase()) ? texts[key.toLowerCase()] : undefined;
  let text = known?.[random.between(0, known.length - 1)] ?? `${word(random)} ${word(random)}`;
  const least = Math.min(Number(node["minLength"] ?? 0), longestText);
  // In code points, as JSON Schema counts; the words have one for each unit.
  const missing = least - Array.from(text).length;
  if (missing > 0) {
    const more: string[] = [];
    for (let length = 0; length < missing; length += more.at(-1)?.length ?? 1) more.push(` ${word(random)}`);
    text += more.join("");
  }
  const most = Number(node["maxLength"] ?? Infinity);
  return text.length > most ? Array.from(text).slice(0, most).join("") : text;
}
