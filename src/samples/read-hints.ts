import type { Fields } from "./fields.js";

const formats: readonly (readonly [RegExp, string])[] = [
  [/date and time|date-time/i, "date-time"],
  [/\bdate\b/i, "date"],
  [/\btime\b/i, "time"],
  [/duration/i, "duration"],
  [/e-?mail/i, "email"],
  [/host ?name/i, "hostname"],
  [/ipv4/i, "ipv4"],
  [/ipv6/i, "ipv6"],
  [/ur[il]/i, "uri"],
  [/uuid/i, "uuid"],
];

const nouns: Readonly<Record<string, readonly [string, string]>> = {
  character: ["minLength", "maxLength"],
  item: ["minItems", "maxItems"],
  property: ["minProperties", "maxProperties"],
  propertie: ["minProperties", "maxProperties"],
};

const number = String.raw`(-?\d+(?:\.\d+)?)`;
const counted = String.raw`(?:\s+(character|item|propert(?:y|ie))s?\b)?`;
const bounds: readonly (readonly [RegExp, readonly string[]])[] = [
  [new RegExp(`exactly ${number}${counted}`, "i"), ["minimum", "maximum"]],
  [new RegExp(`(?:from )?${number} to ${number}${counted}`, "i"), ["minimum", "maximum"]],
  [new RegExp(`at least ${number}${counted}`, "i"), ["minimum"]],
  [new RegExp(`at most ${number}${counted}`, "i"), ["maximum"]],
  [new RegExp(`greater than ${number}${counted}`, "i"), ["exclusiveMinimum"]],
  [new RegExp(`less than ${number}${counted}`, "i"), ["exclusiveMaximum"]],
  [new RegExp(`multiple of ${number}`, "i"), ["multipleOf"]],
];

/**
 * What a description says of the value, as keywords: a schema's bounds and formats go over the wire in words, because Cerebras refuses
 * the keywords, and a model heeds the words. So does the sample.
 */
export function readHints({ description }: Fields): Fields {
  if (typeof description !== "string") return {};
  const hints: Record<string, unknown> = {};
  const format = /\bformat: ([^.,;)]+)/i.exec(description)?.[1];
  const known = format === undefined ? undefined : formats.find(([pattern]) => pattern.test(format));
  if (known) hints["format"] = known[1];
  const pattern = /(?:matches the regular expression|@pattern) (\S+?)\)?(?:\s|$)/.exec(description)?.[1];
  if (pattern !== undefined) hints["pattern"] = pattern;
  if (/no duplicates/i.test(description)) hints["uniqueItems"] = true;
  for (const [said, keywords] of bounds) {
    const found = said.exec(description);
    if (!found) continue;
    const numbers = found.slice(1).filter((part) => part !== undefined && /^-?\d/.test(part));
    const noun = found.slice(1).find((part) => part !== undefined && !/^-?\d/.test(part));
    const names = noun === undefined ? keywords : countNames(noun.toLowerCase(), keywords);
    for (const [index, name] of names.entries()) hints[name] = Number(numbers[index] ?? numbers[0]);
  }
  return hints;
}

/** `at least 2 items` is `minItems`, not `minimum`. */
function countNames(noun: string, keywords: readonly string[]): readonly string[] {
  const [least, most] = nouns[noun] ?? ["minItems", "maxItems"];
  return keywords.map((keyword) => (/min/i.test(keyword) ? least : most));
}
