// Addresses and names as ajv-formats 3 reads them: a test holds the two to the same verdicts.

/** Four decimal bytes without leading zeros. */
export function ipv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Eight groups of hexadecimal digits, `::` for a run of zeros, an IPv4 address at the end (RFC 4291, 2.2). */
export function ipv6(text: string): boolean {
  return isIpv6(text, ipv4);
}

/** @param tail reads the dotted form at the end, which URIs take more loosely */
export function isIpv6(text: string, tail: (text: string) => boolean): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const [head = "", rest] = halves;
  const left = head === "" ? [] : head.split(":");
  const right = rest === undefined || rest === "" ? [] : rest.split(":");
  const groups = [...left, ...right];
  const last = groups.at(-1) ?? "";
  const dotted = last.includes(".") && (rest !== "" || halves.length === 1);
  if (dotted && !tail(last)) return false;
  if (!groups.every((group, index) => (dotted && index === groups.length - 1) || /^[\da-f]{1,4}$/i.test(group))) return false;
  const count = groups.length + (dotted ? 1 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}

/** Labels of letters, digits and inner hyphens, 253 characters at most; one dot may end it. */
export function hostname(text: string): boolean {
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  if (name.length > 253) return false;
  return name.split(".").every((label) => label.length <= 63 && /^[\da-z](?:[\da-z-]*[\da-z])?$/i.test(label));
}

/** A dot-separated local part and a domain of at least two labels. */
export function email(text: string): boolean {
  const at = text.indexOf("@");
  if (at < 0) return false;
  const local = text.slice(0, at).split(".");
  const labels = text.slice(at + 1).split(".");
  return (
    local.every((word) => /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(word)) &&
    labels.length >= 2 &&
    labels.every((label) => /^[\da-z](?:[\da-z-]*[\da-z])?$/i.test(label))
  );
}

const letter = "[a-z\\d\\u00a1-\\uffff]";
const label = `(?:${letter}+-)*${letter}+`;
const name = `${label}(?:\\.${label})*\\.[a-z\\u00a1-\\uffff]{2,}`;
const publicUrl = /* @__PURE__ */ new RegExp(
  `^(?:https?|ftp)://(?:\\S+@)?(?:(${name})|(\\d+(?:\\.\\d+){3}))(?::\\d{2,5})?(?:/\\S*)?$`,
  "iu",
);

/** An http, https or ftp address of a public host: a name with a top-level domain, or an IPv4 address outside the private ranges. */
export function url(text: string): boolean {
  const match = publicUrl.exec(text);
  if (!match) return false;
  return match[2] === undefined || isPublicAddress(match[2]);
}

function isPublicAddress(text: string): boolean {
  const [a = 0, b = 0, , d = 0] = text.split(".").map(Number);
  const [first = "", second = "", third = "", fourth = ""] = text.split(".");
  if (first.startsWith("0") || a < 1 || a > 223 || fourth.startsWith("0") || d < 1 || d > 254) return false;
  if (![second, third].every((part) => part.length <= 3 && Number(part) <= 255 && !/^(?:0\d\d)$/.test(part))) return false;
  return !(a === 10 || a === 127 || (a === 169 && b === 254) || (a === 192 && b === 168) || (a === 172 && b >= 16 && b <= 31));
}
