// RFC 3339 as ajv-formats 3 reads it: a test holds the two to the same verdicts.

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `2024-02-29` */
export function date(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

function isTime(text: string, zoneRequired: boolean): boolean {
  const parts = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:(z)|([+-])(\d\d)(?::?(\d\d))?)?$/i.exec(text);
  if (!parts) return false;
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [zoneHour, zoneMinute] = [Number(parts[6] ?? 0), Number(parts[7] ?? 0)];
  if (zoneHour > 23 || zoneMinute > 59) return false;
  if (zoneRequired && parts[4] === undefined && parts[5] === undefined) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  if (second >= 61) return false;
  // A leap second comes at 23:59:60 UTC, whatever the local time is then.
  const sign = parts[5] === "-" ? -1 : 1;
  const utcMinute = minute - sign * zoneMinute;
  const utcHour = hour - sign * zoneHour - (utcMinute < 0 ? 1 : 0);
  return (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1);
}

/** `10:15:00Z`, `10:15:00.5+02:00` */
export function time(text: string): boolean {
  return isTime(text, true);
}

/** A time whose zone may be left out. */
export function isoTime(text: string): boolean {
  return isTime(text, false);
}

/** Date and time, separated by `T` or one white space. */
function isDateTime(text: string, zoneRequired: boolean): boolean {
  const at = text.search(/[t\s]/i);
  return at >= 0 && date(text.slice(0, at)) && isTime(text.slice(at + 1), zoneRequired);
}

/** `2024-02-29T10:15:00Z` */
export function dateTime(text: string): boolean {
  return isDateTime(text, true);
}

/** A date-time whose zone may be left out. */
export function isoDateTime(text: string): boolean {
  return isDateTime(text, false);
}

/** `P3Y6M4DT12H30M5S`, `P4W` (RFC 3339, appendix A) */
export function duration(text: string): boolean {
  if (/^P\d+W$/.test(text)) return true;
  const parts = /^P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/.exec(text);
  return parts !== null && text !== "P" && !text.endsWith("T");
}
