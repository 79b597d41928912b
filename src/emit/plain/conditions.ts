/** Conditions on a value, with the parentheses that Ajv writes. */

export function both(left: string, right: string): string {
  return left === "" ? right : `(${left}) && (${right})`;
}

export function either(conditions: readonly string[]): string {
  return conditions.reduce((left, right) => `(${left}) || (${right})`);
}

export function isOfType(type: string, data: string): string {
  switch (type) {
    case "null":
      return `${data} === null`;
    case "array":
      return `Array.isArray(${data})`;
    case "object":
      return `${data} && typeof ${data} == "object" && !Array.isArray(${data})`;
    case "integer":
      return both(both(`typeof ${data} == "number"`, `!(${data} % 1) && !isNaN(${data})`), `isFinite(${data})`);
    case "number":
      return both(`typeof ${data} == "number"`, `isFinite(${data})`);
    default:
      return `typeof ${data} === "${type}"`;
  }
}

export function isOfNoType(types: readonly string[], data: string): string {
  const [only = ""] = types;
  if (types.length === 1) return isNotOfType(only, data);
  const left = new Set(types);
  let condition = "";
  if (left.has("array") && left.has("object")) {
    condition = left.has("null") ? `typeof ${data} != "object"` : `!${data} || typeof ${data} != "object"`;
    for (const type of ["null", "array", "object"]) left.delete(type);
  }
  if (left.has("number")) left.delete("integer");
  for (const type of left) condition = both(condition, isNotOfType(type, data));
  return condition;
}

function isNotOfType(type: string, data: string): string {
  if (type === "null") return `${data} !== null`;
  return type === "string" || type === "boolean" ? `typeof ${data} !== "${type}"` : `!(${isOfType(type, data)})`;
}

/** JSON that is JavaScript too. */
export function json(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (separator) => (separator === "\u2028" ? "\\u2028" : "\\u2029"));
}

/** `.name`, `["other name"]` or `[0]`. */
export function access(key: string | number): string {
  return typeof key === "string" && /^[a-z$_][a-z$_0-9]*$/i.test(key) ? `.${key}` : `[${json(key)}]`;
}

/** A path with one more step, as Ajv joins strings: neighbouring literals become one. */
export function joinPath(path: string, step: string): string {
  if (path === "") return step;
  return path.endsWith('"') ? path.slice(0, -1) + step.slice(1) : `${path}+${step}`;
}

/** A key as a step of a JSON pointer. */
export function pointerStep(key: string): string {
  return `/${key.replace(/~/g, "~0").replace(/\//g, "~1")}`;
}
