const IMPORTS = /^import [^;]*;\n+/gm;
const PLACEHOLDER = /\$([A-Za-z]+)\$/g;

/**
 * Fills a template: drops its imports (the file that receives the text has its own) and replaces each `$Name$` in one pass, so that
 * inserted text is never scanned again.
 *
 * @param mustUse the values that it can't leave out; all of them when absent
 *
 * @throws {Error} when a placeholder has no value or a value has no placeholder: a fault in the template, ours or an ejected one
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  mustUse: readonly string[] = Object.keys(values),
): string {
  const used = new Set<string>();
  const text = template.replace(IMPORTS, "").replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`The template uses ${placeholder}, which is not a placeholder. Known: ${known(values)}.`);
    used.add(name);
    return value;
  });
  const unused = mustUse.filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`The template leaves out ${unused.map((name) => `$${name}$`).join(", ")}.`);
  return text;
}

function known(values: Readonly<Record<string, string>>): string {
  return Object.keys(values)
    .map((name) => `$${name}$`)
    .join(", ");
}
