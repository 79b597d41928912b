/** JSON text of a value as no library writes it, and as the grammar allows: the same value for `JSON.parse`. */
export function oddly(value: unknown, chance: () => number): string {
  const below = (count: number): number => Math.floor(chance() * count);
  const space = chance() < 0.3 ? () => "" : () => ["", "", "", " ", "\n", "\t\r\n "][below(6)] ?? "";
  const escapes = chance() < 0.4 ? 0 : 0.3;
  return space() + write(value) + space();

  function write(part: unknown): string {
    if (typeof part === "string") return quoted(part);
    if (typeof part === "number") return number(part);
    if (typeof part !== "object" || part === null) return String(part);
    const members = Array.isArray(part)
      ? part.map(write)
      : Object.entries(part).map(([key, member]) => `${quoted(key)}${space()}:${space()}${write(member)}`);
    const inner = members.map((member) => `${space()}${member}${space()}`).join(",") || space();
    return Array.isArray(part) ? `[${inner}]` : `{${inner}}`;
  }

  function quoted(text: string): string {
    const units = text.split("").map((unit) => {
      if (chance() < escapes) return unicode(unit);
      const plain = JSON.stringify(unit).slice(1, -1);
      return unit === "/" && chance() < 0.5 ? "\\/" : plain.length > 2 && chance() < 0.5 ? (unit >= " " ? unit : plain) : plain;
    });
    return `"${units.join("")}"`;
  }

  function unicode(unit: string): string {
    const digits = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${chance() < 0.5 ? digits : digits.toUpperCase()}`;
  }

  function number(size: number): string {
    const plain = Object.is(size, -0) ? "-0" : JSON.stringify(size);
    const forms = [plain, plain, size.toExponential(), size.toExponential().replace("e", "E"), `${plain}e0`, `${plain}E+00`, `${plain}e-0`];
    if (!plain.includes("e"))
      forms.push(
        plain.includes(".") ? `${plain}000` : `${plain}.0`,
        plain.includes(".") ? `${plain}0e+0` : `${plain}.000000000000000000000000000`,
      );
    const form = forms[below(forms.length)] ?? plain;
    return Object.is(JSON.parse(plain.includes("e") && /e.*e/i.test(form) ? plain : form), size === 0 && !Object.is(size, -0) ? 0 : size) &&
      !/e.*e/i.test(form)
      ? form
      : plain;
  }
}

/** JSON text in which objects have some of their keys again, with another member's value, null or a list. */
export function twice(value: unknown, chance: () => number): string {
  if (Array.isArray(value)) return `[${value.map((item) => twice(item, chance)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => [JSON.stringify(key), twice(member, chance)] as const);
  const written = [...members];
  while (members.length > 0 && chance() < 0.4) {
    const any = (): readonly [string, string] => members[Math.floor(chance() * members.length)] ?? ['""', '""'];
    const other = chance() < 0.3 ? "null" : chance() < 0.3 ? "[]" : any()[1];
    written.splice(Math.floor(chance() * (written.length + 1)), 0, [any()[0], other]);
  }
  return `{${written.map(([key, member]) => `${key}:${member}`).join(",")}}`;
}
