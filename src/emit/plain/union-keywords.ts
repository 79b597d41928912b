import type { JsonSchema } from "../../read/schema-document.js";
import { isAlwaysValid } from "./is-plain.js";
import type { Place } from "./place.js";
import type { PlainFunction } from "./plain-function.js";

export function printAllOf(text: PlainFunction, place: Place, branches: readonly JsonSchema[]): void {
  text.newName("valid");
  for (const [index, branch] of branches.entries()) if (!isAlwaysValid(branch)) text.subschema(text.branch(place, "allOf", index));
}

export function printAnyOf(text: PlainFunction, place: Place, branches: readonly JsonSchema[]): void {
  const count = text.countName();
  if (branches.some(isAlwaysValid)) return;
  const isValid = text.newName("valid");
  const isBranchValid = text.newName("_valid");
  text.lines.push(`const ${count} = errors;`, `let ${isValid} = false;`);
  for (const index of branches.keys()) {
    text.subschema(text.branch(place, "anyOf", index), isBranchValid);
    text.lines.push(`${isValid} = ${isValid} || ${isBranchValid};`, `if(!${isValid}){`);
  }
  for (const _ of branches) text.lines.push("}");
  settleUnion(text, place, "anyOf", { count, isValid, params: "" });
}

export function printOneOf(text: PlainFunction, place: Place, branches: readonly JsonSchema[]): void {
  const count = text.countName();
  const isValid = text.newName("valid");
  const passing = text.newName("passing");
  const isBranchValid = text.newName("_valid");
  text.lines.push(`const ${count} = errors;`, `let ${isValid} = false;`, `let ${passing} = null;`);
  for (const [index, branch] of branches.entries()) {
    if (isAlwaysValid(branch)) text.lines.push(`var ${isBranchValid} = true;`);
    else text.subschema(text.branch(place, "oneOf", index), isBranchValid);
    if (index > 0)
      text.lines.push(`if(${isBranchValid} && ${isValid}){`, `${isValid} = false;`, `${passing} = [${passing}, ${index}];`, "}", "else {");
    text.lines.push(`if(${isBranchValid}){`, `${isValid} = true;`, `${passing} = ${index};`, "}");
  }
  for (const _ of branches.slice(1)) text.lines.push("}");
  settleUnion(text, place, "oneOf", { count, isValid, params: `passingSchemas: ${passing}` });
}

/** The failures of branches count only where none fits. */
function settleUnion(
  text: PlainFunction,
  place: Place,
  keyword: string,
  { count, isValid, params }: { readonly count: string; readonly isValid: string; readonly params: string },
): void {
  text.failIf(place, keyword, `!${isValid}`, params);
  text.lines.push(
    "else {",
    `errors = ${count};`,
    "if(vErrors !== null){",
    `if(${count}){`,
    `vErrors.length = ${count};`,
    "}",
    "else {",
    "vErrors = null;",
    "}",
    "}",
    "}",
  );
}
