// What generated validators call beside plain JavaScript. A format's function has its name in camel case. Frozen like v1.
export { equal } from "./validation/equal.js";
export { ucs2length } from "./validation/ucs2-length.js";
export { date, dateTime, duration, isoDateTime, isoTime, time } from "./validation/time-formats.js";
export { email, hostname, ipv4, ipv6, url } from "./validation/network-formats.js";
export { uri, uriReference, uriTemplate } from "./validation/uri-formats.js";
export { byte, int32, int64, jsonPointer, jsonPointerUriFragment, regex, relativeJsonPointer, uuid } from "./validation/text-formats.js";
