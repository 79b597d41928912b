import { jsDoc } from "./text.js";

/** The texts that a section is printed as: TypeScript, or JavaScript with its declarations. */
export type Form = "ts" | "js" | "d.ts";

// Marks around what only some forms have. No text of a user can hold them: quote(), propertyKey() and jsDocText() escape control characters.
const TYPED = "\u0001";
const RUNNING = "\u0002";
const DECLARING = "\u0003";
const END = "\u0004";

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const marks = /[\u0001-\u0004]/g;
const shownIn: Readonly<Record<string, readonly Form[]>> = { [TYPED]: ["ts", "d.ts"], [RUNNING]: ["ts", "js"], [DECLARING]: ["d.ts"] };

/** Text for the compiler only: types, annotations. */
export function typed(text: string): string {
  return `${TYPED}${text}${END}`;
}

/** Text that runs: initial values, bodies, constants that are not exported. */
export function running(text: string): string {
  return `${RUNNING}${text}${END}`;
}

/** What a declaration file has in place of running text. */
export function declaring(text: string): string {
  return `${DECLARING}${text}${END}`;
}

/** A section in one of its forms; may be empty. */
export function inForm(section: string, form: Form): string {
  const hidden: boolean[] = [];
  const texts: string[] = [];
  let from = 0;
  for (const { 0: mark, index } of section.matchAll(marks)) {
    if (hidden.at(-1) !== true) texts.push(section.slice(from, index));
    from = index + 1;
    const forms = shownIn[mark];
    if (forms === undefined) hidden.pop();
    else hidden.push(hidden.at(-1) === true || !forms.includes(form));
  }
  if (hidden.at(-1) !== true) texts.push(section.slice(from));
  return texts.join("");
}

/** A marked text, or one that says itself what it is in a form. */
export type Section = string | ((form: Form) => string);

/** Sections in one form, a blank line between them; those that have nothing to say in it are left out. */
export function joinInForm(sections: readonly Section[], form: Form): string {
  return sections
    .map((section) => (typeof section === "string" ? inForm(section, form) : section(form)))
    .filter((text) => text.trim() !== "")
    .join("\n");
}

export interface Constant {
  readonly doc?: string;
  readonly name: string;
  readonly type: string;
  /** Expression; its first line begins after `headOf()`. */
  readonly value: string;
}

/** `export const userTool: $.ToolDefinition = …;` */
export function exportedConstant({ doc = "", name, type, value }: Constant): string {
  return `${jsDoc(doc, 0)}export ${declaring("declare ")}const ${name}${typed(`: ${type}`)}${running(` = ${value}`)};\n`;
}

/** A constant of the file's own, which its declarations don't mention. */
export function ownConstant({ doc = "", name, type, value }: Constant): string {
  return running(`${jsDoc(doc, 0)}const ${name}${typed(`: ${type}`)} = ${value};\n`);
}

/** An object of the members of two. A spread would keep it, and all that it names, in bundles that don't use it: bundlers fear getters. */
export function joined(first: string, second: string): string {
  return `/* @__PURE__ */ Object.assign({}, ${first}, ${second})`;
}

export interface FunctionText {
  readonly doc: string;
  readonly name: string;
  /** Names, each with its annotation: `: unknown`. */
  readonly parameters: readonly (readonly [name: string, annotation: string])[];
  readonly returns: string;
  /** Expression. */
  readonly value: string;
}

/** An exported function that returns an expression. */
export function exportedFunction({ doc, name, parameters, returns, value }: FunctionText): string {
  const given = parameters.map(([parameter, annotation]) => parameter + typed(annotation)).join(", ");
  const head = `${jsDoc(doc, 0)}export ${declaring("declare ")}function ${name}(${given})${typed(`: ${returns}`)}`;
  return `${head}${running(` {\n  return ${value};\n}`)}${declaring(";")}\n`;
}
