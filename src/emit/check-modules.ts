import path from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { diagnostic } from "../diagnostics/report.js";
import type { SchemaDocument } from "../read/schema-document.js";
import type { EmitRequest } from "./emit-file.js";
import type { ImportedNames } from "./imports.js";
import { typeImportSpecifier } from "./type-import.js";

/** The checks beyond the schema that a source's types have. */
export interface CheckModules {
  readonly imports: readonly ImportedNames[];
  /** What stands in the spec's list of checks, as code. */
  readonly expressions: ReadonlyMap<SchemaDocument, readonly string[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A namespace for each module: its exports may be called like anything of ours. */
const namespace = (index: number): string => `$checks${index === 0 ? "" : index + 1}`;

/** Finds the modules that schemas and configuration name. Only files below the root are taken, and only those that are there. */
export function checkModules(request: EmitRequest): CheckModules {
  const modules: string[] = [];
  const expressions = new Map<SchemaDocument, readonly string[]>();
  const diagnostics: Diagnostic[] = [];
  for (const { document } of request.entries) {
    const codes = referencesOf(document, request).flatMap(({ reference, folder }) => {
      const found = findCheck(reference, folder, request.exists);
      if ("problem" in found) {
        diagnostics.push(diagnostic("emit/check-not-found", document.locate("/x-extract/checks"), { reference, problem: found.problem }));
        return [];
      }
      if (!modules.includes(found.file)) modules.push(found.file);
      return [`${namespace(modules.indexOf(found.file))}.${found.name}`];
    });
    if (codes.length > 0) expressions.set(document, [...new Set(codes)]);
  }
  const extension = request.settings.importExtension ?? request.entries[0]?.document.typeImport?.extension ?? "js";
  const from = `${request.outputFolder}/${request.stem}.ts`;
  const imports = modules.map((file, index) => ({ from: typeImportSpecifier({ from, file, extension }), namespace: namespace(index) }));
  return { imports, expressions, diagnostics };
}

interface Reference {
  readonly reference: string;
  /** What it is relative to. */
  readonly folder: string;
}

/** The schema's own first, then the configuration's. */
function referencesOf(document: SchemaDocument, { settings }: EmitRequest): readonly Reference[] {
  const { checks = {} } = settings;
  const configured = Object.hasOwn(checks, document.name) ? [checks[document.name] ?? []].flat() : [];
  return [
    ...(document.settings.checks ?? []).map((reference) => ({ reference, folder: path.posix.dirname(document.source) })),
    ...configured.map((reference) => ({ reference, folder: "." })),
  ];
}

type Found = { readonly file: string; readonly name: string } | { readonly problem: string };

function findCheck(reference: string, folder: string, exists: EmitRequest["exists"]): Found {
  const [, target = "", name = ""] = /^([^#]*)#(.*)$/.exec(reference) ?? [];
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return { problem: "the name of an export must follow #" };
  if (!/^\.\.?\/[^\\\0]*\.[cm]?[jt]s$/.test(target) || target.endsWith(".d.ts"))
    return { problem: "it is no path of a TypeScript or JavaScript file" };
  const file = path.posix.join(folder, target);
  if (file.startsWith("..")) return { problem: "it lies outside the project's root" };
  return exists(file) ? { file, name } : { problem: `there is no file ${file}` };
}
