import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { diagnostic } from "../../diagnostics/report.js";
import { banner, uncheckedLine } from "../banner.js";
import type { EmitRequest } from "../emit-file.js";
import { fillTemplate } from "../fill-template.js";
import { type Form, joinInForm, ownConstant, type Section } from "../forms.js";
import { type ImportedNames, importLines } from "../imports.js";
import { moduleEnding, runtimeModule } from "../module-names.js";
import { functionNames } from "../naming.js";
import { literal } from "../text.js";
import { typeImports } from "../type-import.js";
import type { TypeNames } from "../type-names.js";
import { valueNames } from "../value-names.js";
import { mockNames } from "./mock-names.js";
import { sampleDocument } from "./sample-document.js";

export interface Mock {
  /** The text of the file in a form. */
  readonly textIn: (form: Form) => string;
  readonly diagnostics: readonly Diagnostic[];
}

/** `user.mock.ts`: samples of each type, and its functions with a client that answers with them. */
export async function emitMock(request: EmitRequest, names: TypeNames): Promise<Mock> {
  const values: string[] = [];
  const types: string[] = [];
  const sections: Section[] = [];
  const diagnostics: Diagnostic[] = [];
  const library = await request.loadAjv();
  for (const { document, lowering } of request.entries) {
    const { root, base } = names.of(document);
    const { value } = valueNames(base);
    const functions = functionNames(base, request.settings.naming);
    const { valid, nearMisses } = sampleDocument(document, lowering, library);
    if (valid.length === 0) diagnostics.push(diagnostic("emit/no-sample", document.locate(""), { name: root }));
    values.push(...Object.values(functions).slice(0, 4), `${value}StreamSpec`);
    if (document.typeImport === undefined) types.push(root);
    types.push(`${root}Partial`);
    sections.push(
      ownConstant({ name: `${value}SampleData`, type: "readonly unknown[]", value: literal(valid, 0, 60) }),
      ownConstant({ name: `${value}NearMissData`, type: "readonly $.NearMiss[]", value: literal(nearMisses, 0, 60) }),
      (form) =>
        fillTemplate(
          request.templates.mock[form],
          { Type: root, name: value, ...mockNames(base, functions), ...pick(functions) },
          form === "ts" ? undefined : [],
        ),
    );
  }
  const main = request.stem.slice(request.stem.lastIndexOf("/") + 1);
  const imports: readonly ImportedNames[] = [
    { from: runtimeModule("mock", request), namespace: "$", inTypes: true },
    { from: `./${main}${moduleEnding(request)}`, names: values, types: types.map((name) => ({ exported: name, local: name })) },
    ...typeImports(request, names),
  ];
  const head = banner(request.source, request.settings.header);
  return {
    textIn: (form) => `${head}${form === "js" ? uncheckedLine : ""}${importLines(imports, form)}\n${joinInForm(sections, form)}`,
    diagnostics,
  };
}

type Called = "extract" | "extractList" | "stream" | "streamList";

function pick({ extract, extractList, stream, streamList }: Readonly<Record<Called, string>>): Readonly<Record<Called, string>> {
  return { extract, extractList, stream, streamList };
}
