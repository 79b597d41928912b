import { isIpv6 } from "./network-formats.js";

// RFC 3986 as ajv-formats 3 reads it: a test holds the two to the same verdicts. In references it also lets `"` pass.

const userCharacters = /^(?:[\w.~!$&'()*+,;=:-]|%[\da-f]{2})*$/i;
const nameCharacters = /^(?:[\w.~!$&'"()*+,;=-]|%[\da-f]{2})*$/i;
const pathCharacters = /^(?:[\w.~!$&'"()*+,;=:@/-]|%[\da-f]{2})*$/i;
const queryCharacters = /^(?:[\w.~!$&'"()*+,;=:@/?-]|%[\da-f]{2})*$/i;

/** An absolute URI: a scheme and something after it. */
export function uri(text: string): boolean {
  return !text.includes('"') && isUri(text, true);
}

/** A URI or a part of one that can be resolved against another. */
export function uriReference(text: string): boolean {
  return isUri(text, false);
}

function isUri(text: string, absolute: boolean): boolean {
  const parts = /^([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/.exec(text);
  if (!parts || !queryCharacters.test(parts[2] ?? "") || !queryCharacters.test(parts[3] ?? "")) return false;
  const front = parts[1] ?? "";
  const scheme = /^[a-z][a-z\d+.-]*:/i.exec(front)?.[0];
  if (scheme === undefined) return !absolute && isHierarchy(front, false);
  return isHierarchy(front.slice(scheme.length), absolute) || (!absolute && isHierarchy(front, false));
}

function isHierarchy(text: string, nonEmpty: boolean): boolean {
  if (text === "") return !nonEmpty;
  if (text.startsWith("//") && isAuthorityAndPath(text.slice(2))) return true;
  if (text.startsWith("/") && isAuthorityAndPath(text.slice(1))) return true;
  return pathCharacters.test(text) && !text.startsWith("//");
}

function isAuthorityAndPath(text: string): boolean {
  const slash = text.indexOf("/");
  const authority = slash < 0 ? text : text.slice(0, slash);
  if (slash >= 0 && !pathCharacters.test(text.slice(slash))) return false;
  const at = authority.indexOf("@");
  if (at >= 0 && !userCharacters.test(authority.slice(0, at))) return false;
  const host = authority.slice(at + 1).replace(/:\d*$/, "");
  if (!host.startsWith("[")) return nameCharacters.test(host);
  const literal = /^\[(.*)\]$/.exec(host)?.[1];
  if (literal === undefined) return false;
  return /^v[\da-f]+\.[\w.~!$&'()*+,;=:-]+$/i.test(literal) || isIpv6(literal, isLooseIpv4);
}

/** Within a URI a byte may have leading zeros. */
function isLooseIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:[01]?\d\d?|2\d\d)$/.test(part) && Number(part) <= 255);
}

/** RFC 6570. */
export function uriTemplate(text: string): boolean {
  return uriTemplatePattern.test(text);
}

const variable = "(?:\\w|%[\\da-f]{2})+(?::[1-9]\\d{0,3}|\\*)?";
const uriTemplatePattern = /* @__PURE__ */ new RegExp(
  `^(?:[^\\x00-\\x20"'<>%\\\\^\`{|}]|%[\\da-f]{2}|\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\})*$`,
  "i",
);
