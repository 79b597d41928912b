import { showControls, showLine } from "./code-frame.js";
import { explain, type ExplainedForm } from "../lower/explain.js";
import { changesText, promptText, schemasText } from "../lower/explain-text.js";
import type { Lowering } from "../lower/lowering.js";
import type { Profile } from "../profiles/profile.js";
import type { SchemaDocument } from "../read/schema-document.js";
import type { Palette } from "./palette.js";

/** A type of a schema file, and what became of it. */
export interface LoweredType {
  readonly document: SchemaDocument;
  readonly lowering: Lowering;
}

export interface DescribeOptions {
  readonly profile: Profile;
  /** How the model is asked: `tools`, `json_schema` or `json_object`. */
  readonly mode: string;
  readonly palette: Palette;
  /** Columns of the terminal, where it is one. */
  readonly width: number | undefined;
}

const limitNames: Readonly<Record<string, string>> = { enumValues: "enum values", anyOfBranches: "branches of one anyOf" };

/** For people: verdict and sizes of one object and of a list, cost, changes with their places, the schema as written and as sent. */
export function describeLowering({ document, lowering }: LoweredType, { profile, mode, palette, width }: DescribeOptions): string {
  const at = document.locate("");
  const explanation = explain(document, lowering, profile);
  return [
    `${palette.bold(document.name)} ${palette.dim(`${showLine(at.file)}:${at.line}:${at.column}`)}`,
    `  ${palette.dim(`by the rules of ${explanation.profile}, asked as ${mode}`)}`,
    ...explanation.forms.map((form) => `  ${form.form.padEnd(5)} ${describeForm(form, palette)}`),
    "",
    showControls(changesText(explanation)),
    "",
    showControls(schemasText(explanation, width === undefined ? {} : { width })),
    "",
    "",
  ].join("\n");
}

/** `strict: the provider is held to it`, then `5 of 500 properties, …`, then what it costs. */
function describeForm(form: ExplainedForm, palette: Palette): string {
  const manner = form.strict
    ? palette.green("strict: the provider is held to it")
    : palette.yellow(`guided: the provider can't be held to it (${form.reasons.join(", ")}); the answer is read leniently and validated`);
  const sizes = form.limits.map(({ limit, actual, allowed }) => {
    const text = `${Number.isFinite(actual) ? actual : "endless"} of ${allowed} ${limitNames[limit] ?? limit}`;
    return actual > allowed ? palette.yellow(`${text} (too many)`) : palette.dim(text);
  });
  return [manner, sizes.join(palette.dim(", ")), palette.dim(promptText(form))].join("\n        ");
}
