import type { Confidence, FieldConfidence, TokenLogprob } from "../options.js";
import { wirePath } from "../recover/wire-path.js";
import { isObject } from "./is-object.js";
import { jsonSpans, type Span } from "./json-spans.js";

type Path = readonly (string | number)[];

/** What confidence is told of. */
export interface Told {
  /** `choices[0].logprobs` of the answer, or of its chunks one after the other. */
  readonly logprobs: readonly unknown[];
  /** The answer's text. */
  readonly text: string;
  /** The text as JSON; `undefined` where it had to be mended to be read: then no fields are told. */
  readonly wire: unknown;
  /** What the wire was decoded to. */
  readonly value: unknown;
}

/** How sure the model was, by the log probabilities that came with an answer; `undefined` where none did. */
export function confidenceOf({ logprobs, text, wire, value }: Told): Confidence | undefined {
  const raw = logprobs.flatMap((part): readonly unknown[] => (isObject(part) && Array.isArray(part["content"]) ? part["content"] : []));
  const tokens = raw.filter(isObject).map((token): TokenLogprob => ({ ...tokenOf(token), alternatives: alternativesOf(token) }));
  if (tokens.length === 0) return undefined;
  const places = placesOf(raw.filter(isObject), text);
  const [first, end] = places?.tokensOf([0, text.length]) ?? [0, tokens.length];
  const logprob = sumOf(tokens, first, end);
  return { logprob, fields: places === undefined || wire === undefined ? [] : fieldsOf({ tokens, places, text, wire, value }), tokens };
}

function tokenOf(raw: Readonly<Record<string, unknown>>): Omit<TokenLogprob, "alternatives"> {
  return { token: String(raw["token"]), logprob: Number(raw["logprob"]) };
}

function alternativesOf({ top_logprobs: all }: Readonly<Record<string, unknown>>): TokenLogprob["alternatives"] {
  return Array.isArray(all) ? all.filter(isObject).map(tokenOf) : [];
}

function sumOf(tokens: readonly TokenLogprob[], from: number, to: number): number {
  return tokens.slice(from, to).reduce((sum, { logprob }) => sum + logprob, 0);
}

interface Places {
  /** Indexes of the tokens that a part of the answer's text was written with: the first, and the one after the last. */
  tokensOf(span: Span): readonly [number, number];
}

/** Lays the tokens along the text, in bytes: a token may be a part of a character. `undefined`: the text is not what they say. */
function placesOf(tokens: readonly Readonly<Record<string, unknown>>[], text: string): Places | undefined {
  const encoder = new TextEncoder();
  const parts = tokens.map(({ bytes, token }) => (Array.isArray(bytes) ? Uint8Array.from(bytes) : encoder.encode(String(token))));
  const ends: number[] = [];
  for (const { length } of parts) ends.push((ends.at(-1) ?? 0) + length);
  const all = new Uint8Array(ends.at(-1) ?? 0);
  parts.forEach((part, index) => all.set(part, index === 0 ? 0 : ends[index - 1]));
  // Marks of the tool call may stand before the text, and after it.
  const written = new TextDecoder("utf-8", { ignoreBOM: true }).decode(all);
  const at = written.indexOf(text);
  if (at < 0) return undefined;
  const byteAt = byteOffsets(text, encoder.encode(written.slice(0, at)).length);
  return {
    tokensOf: ([start, end]) => [firstAfter(ends, byteAt[start] ?? 0), firstAfter(ends, (byteAt[end] ?? 0) - 1) + 1],
  };
}

/** Of each UTF-16 unit, and of the end: where its character begins in UTF-8. */
function byteOffsets(text: string, start: number): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let unit = 0;
  let byte = start;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    offsets.fill(byte, unit, unit + character.length);
    unit += character.length;
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  offsets[unit] = byte;
  return offsets;
}

/** Index of the first end that is greater: the token that the byte belongs to. */
function firstAfter(ends: readonly number[], byte: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > byte) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Fields extends Pick<Told, "text" | "wire" | "value"> {
  readonly tokens: readonly TokenLogprob[];
  readonly places: Places;
}

function fieldsOf({ tokens, places, text, wire, value }: Fields): readonly FieldConfidence[] {
  const spans = jsonSpans(text);
  return leaves(value).flatMap((path): readonly FieldConfidence[] => {
    const place =
      Array.isArray(value) && isObject(wire) && Array.isArray(wire["items"])
        ? ["items", ...wirePath(wire["items"], path)]
        : wirePath(wire, path);
    // A leaf that is wrapped by itself: a root, or an item of a list, that is no object.
    const span = spans.get(JSON.stringify([...place, "value"])) ?? spans.get(JSON.stringify(place));
    if (span === undefined) return [];
    const [first, end] = places.tokensOf(span);
    const part = tokens.slice(first, end);
    const least = part.reduce((so, { logprob }) => Math.min(so, logprob), 0);
    return [{ path, probability: Math.exp(sumOf(tokens, first, end)), least: Math.exp(least), tokens: [first, end] }];
  });
}

/** Where a value has what is no container, or an empty one. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return members.length === 0 ? [path] : members.flatMap(([key, member]) => leaves(member, [...path, key]));
}
