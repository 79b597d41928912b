// The remaining formats, as ajv-formats 3 reads them: a test holds the two to the same verdicts.

/** With or without `urn:uuid:`. */
export function uuid(text: string): boolean {
  return /^(?:urn:uuid:)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** RFC 6901 */
export function jsonPointer(text: string): boolean {
  return text === "" || (text.startsWith("/") && !/~(?![01])/.test(text));
}

/** A JSON pointer as the fragment of a URI, `#` included. */
export function jsonPointerUriFragment(text: string): boolean {
  return /^#(?:\/(?:[\w.!$&'()*+,;:=@-]|%[\da-f]{2}|~[01])*)*$/i.test(text);
}

/** `1/name`, `0#` */
export function relativeJsonPointer(text: string): boolean {
  const rest = /^(?:0|[1-9]\d*)([^]*)$/.exec(text)?.[1];
  return rest !== undefined && (rest === "#" || jsonPointer(rest));
}

/** A regular expression that JavaScript can read. */
export function regex(text: string): boolean {
  // `\Z` is an anchor of other languages; JavaScript would take it for the letter.
  if (/[^\\]\\Z/.test(text)) return false;
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Base64 with padding; of several lines one is enough. */
export function byte(text: string): boolean {
  return /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/m.test(text);
}

/** A number format, as Ajv calls it. */
export const int32 = {
  validate: (value: number): boolean => Number.isInteger(value) && value >= -2147483648 && value <= 2147483647,
} as const;

export const int64 = { validate: (value: number): boolean => Number.isInteger(value) } as const;
