/** Letters and digits alone, without case and accents: `Señor José` and `senor-jose` are one. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}

export type ChoiceMatch =
  | { readonly kind: "one"; readonly choice: string; readonly severity: "safe" | "lenient" }
  | { readonly kind: "several"; readonly choices: readonly string[] }
  | { readonly kind: "none" };

/**
 * The choice a text means: the same but for outer space and quotes, or for case (safe); for punctuation and accents, or named in
 * a sentence that names no other (lenient).
 */
export function matchChoice(text: string, choices: readonly string[]): ChoiceMatch {
  const bare = text.trim().replace(/^(["'`*_]+)(.*?)\1?$/s, "$2");
  const lower = bare.toLowerCase();
  const sameCase = choices.filter((choice) => choice.toLowerCase() === lower);
  const exact = sameCase.find((choice) => choice === bare);
  if (exact !== undefined) return { kind: "one", choice: exact, severity: "safe" };
  if (sameCase.length > 0) return oneOf(sameCase, "safe");
  const folded = choices.filter((choice) => foldText(choice) !== "" && foldText(choice) === foldText(bare));
  if (folded.length > 0) return oneOf(folded, "lenient");
  return oneOf(namedIn(text, choices), "lenient");
}

function oneOf(choices: readonly string[], severity: "safe" | "lenient"): ChoiceMatch {
  const [choice, ...others] = choices;
  if (choice === undefined) return { kind: "none" };
  return others.length === 0 ? { kind: "one", choice, severity } : { kind: "several", choices };
}

/** The end of a text that denies what comes next: `not HIGH` names no choice. */
const denied =
  /\b(?:no(?: longer| es)?|not|cannot|never|neither|nor|\w+n['’]t|hardly|barely|scarcely|unlikely|(?:anything|nothing|all) but|other than|except|instead of|rather than|far from|opposite of|non|nicht|kaum|kein\w*|pas|sin)[\s-]+(?:(?:think|believe)\s+(?:it|this|that)(?:['’]s|\s+is)\s+)?(?:(?:to\s+)?be\s+)?(?:an?\s+|the\s+|really\s+)?["'`*_]*$/iu;

/**
 * Choices that stand in a text as words, the longest first, so that `car-2` is not also `car`. Where one is written as it is and
 * comes first, others in another case (`TWO is one of the answers`) are words like any other.
 */
function namedIn(text: string, choices: readonly string[]): readonly string[] {
  const byLength = choices.filter((choice) => choice !== "").sort((left, right) => right.length - left.length);
  let rest = text.normalize("NFKC");
  const found = byLength.flatMap((choice) => {
    const words = choice.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.length === 0) return [];
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${words.join("[^\\p{L}\\p{N}]{1,3}")}(?![\\p{L}\\p{N}_])`, "giu");
    const places = [...rest.matchAll(pattern)];
    // Only what stands right before it: to look through all of the text at each place takes as long as it is long.
    const isDenied = places.some(({ index }) => denied.test(rest.slice(Math.max(0, index - 60), index)));
    // What was found keeps its place, so that offsets stay comparable.
    rest = rest.replace(pattern, (place) => " ".repeat(place.length));
    const [first] = places;
    return first ? [{ choice, at: first.index, isExact: places.some(([place]) => place === choice), isDenied }] : [];
  });
  if (found.length === 1 && found[0]?.isDenied === true) return [];
  const exact = found.filter(({ isExact, isDenied }) => isExact && !isDenied);
  const [only] = exact;
  const isFirst =
    only !== undefined && exact.length === 1 && found.every(({ at, isExact }) => at >= only.at && (!isExact || at === only.at));
  return isFirst ? [only.choice] : found.map(({ choice }) => choice);
}
