import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { answerBound } from "../lower/answer-bound.js";
import type { Lowering } from "../lower/lowering.js";
import type { SchemaDocument } from "../read/schema-document.js";
import type { AjvLibrary } from "./ajv-library.js";
import { emitAgreements } from "./agreement.js";
import { banner, uncheckedLine } from "./banner.js";
import { checkModules } from "./check-modules.js";
import { emitCodec } from "./codec.js";
import type { EmitSettings } from "./emit-settings.js";
import { fileShapes } from "./file-shapes.js";
import { fillTemplate } from "./fill-template.js";
import { type Form, joinInForm, type Section, typed } from "./forms.js";
import type { GeneratedFile } from "./generated-file.js";
import { importLines, type ImportedNames } from "./imports.js";
import { emitMock } from "./mock/emit-mock.js";
import { moduleEnding, runtimeModule } from "./module-names.js";
import { functionNames } from "./naming.js";
import { emitPartialTypes } from "./partial-types.js";
import { emitSpec } from "./spec.js";
import { reportNever } from "./report-never.js";
import type { Templates } from "./templates.js";
import { emitTools } from "./tools.js";
import { typeImports } from "./type-import.js";
import { typeNames } from "./type-names.js";
import { emitTypes } from "./types.js";
import { valueNames } from "./value-names.js";

export interface EmitRequest {
  /** Path of the source relative to the root. */
  readonly source: string;
  /** Output path without an ending: `user` for `user.ts` and `user.codec.ts`. */
  readonly stem: string;
  readonly entries: readonly { readonly document: SchemaDocument; readonly lowering: Lowering }[];
  readonly templates: Templates;
  readonly settings: EmitSettings;
  /** Tells whether there is a file at a path relative to the root. */
  readonly exists: (path: string) => boolean;
  /** Path of the output folder relative to the root: imports of the user's own types start there. */
  readonly outputFolder: string;
  /** Gives Ajv, set up once for all sources. */
  readonly loadAjv: () => Promise<AjvLibrary>;
}

export interface EmitResult {
  readonly files: readonly GeneratedFile[];
  /** Names of the types that got an extractor, as they are in the files. */
  readonly types: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The files of one source: `user.ts` for people, `user.codec.ts` for the machine; as JavaScript with declarations where that is the target. */
export async function emitFile(request: EmitRequest): Promise<EmitResult> {
  const documents = request.entries.map((entry) => entry.document);
  const { naming } = request.settings;
  const names = typeNames(documents, request.settings);
  const codec = await emitCodec(request, names);
  const checks = checkModules(request);
  const imports: ImportedNames[] = [
    { from: runtimeModule("v1", request), namespace: "$", inTypes: true },
    ...(request.entries.some(({ lowering }) => isGuided(lowering))
      ? [{ from: runtimeModule("lenient", request), names: ["readLenient"] }]
      : []),
    { from: `./${fileName(request.stem)}.codec${moduleEnding(request)}`, names: codec.exports },
    ...checks.imports,
    ...typeImports(request, names),
  ];
  const types = fileShapes(documents, names);
  const roots = new Set(documents.map((document) => names.of(document).root));
  const sections: Section[] = [typed(await emitTypes(types)), typed(emitPartialTypes(types, roots))];
  for (const { document, lowering } of request.entries) {
    const { root: type, base } = names.of(document);
    const values = valueNames(base);
    const functions = functionNames(base, naming);
    sections.push(...emitTools({ type: base, names: values, lowering }));
    sections.push(
      ...emitSpec({
        type,
        base,
        functions,
        names: values,
        document,
        settings: request.settings,
        plan: lowering.plan,
        revives: codec.revives.has(document),
        checks: checks.expressions.get(document) ?? [],
        fills: codec.fills.has(document),
        // What nothing holds to the schema may be longer.
        bound: lowering.one.strict ? answerBound(lowering.wire) : undefined,
        guided: isGuided(lowering),
      }),
    );
    const validate = codec.guards.has(document) ? `admits${base}` : `validate${base}`;
    const filling = { Type: type, name: values.value, validate, ...functions };
    sections.push((form) => fillTemplate(request.templates.extractor[form], filling, form === "ts" ? undefined : []));
  }
  const prefixes = new Map(documents.map((document) => [names.of(document).root, valueNames(names.of(document).base).value]));
  sections.push(...emitAgreements(documents, names, (type) => prefixes.get(type) ?? type));
  const mock = request.settings.mocks === true ? await emitMock(request, names) : undefined;
  const head = banner(request.source, request.settings.header);
  const textIn = (form: Form): string =>
    `${head}${form === "js" ? uncheckedLine : ""}${importLines(imports, form)}\n${joinInForm(sections, form)}`;
  const forms: readonly Form[] = request.settings.target === "js" ? ["js", "d.ts"] : ["ts"];
  return {
    files: [
      ...forms.map((form) => ({ path: `${request.stem}.${form}`, text: textIn(form) })),
      ...forms.map((form) => ({ path: `${request.stem}.codec.${form}`, text: codec.textIn(form) })),
      ...(mock === undefined ? [] : forms.map((form) => ({ path: `${request.stem}.mock.${form}`, text: mock.textIn(form) }))),
    ],
    types: [...roots],
    diagnostics: [
      ...names.diagnostics,
      ...reportNever(types, roots),
      ...codec.diagnostics,
      ...checks.diagnostics,
      ...(mock?.diagnostics ?? []),
    ],
  };
}

/** Where the provider does not hold the model to the schema, for one object or for a list, its text may be messy. */
function isGuided({ one, list }: Lowering): boolean {
  return !one.strict || !list.strict;
}

function fileName(stem: string): string {
  return stem.slice(stem.lastIndexOf("/") + 1);
}
