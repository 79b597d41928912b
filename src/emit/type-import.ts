import path from "node:path";
import type { EmitRequest } from "./emit-file.js";
import type { ImportedNames } from "./imports.js";
import type { TypeNames } from "./type-names.js";

export interface TypeImportRequest {
  /** The generated file, relative to the root: `generated/order.ts`. */
  readonly from: string;
  /** The file that exports the type, relative to the root: `schemas/order.ts`. */
  readonly file: string;
  /** `js`: as the module is called once compiled, right in every resolution mode. `ts`: as it is called here. `none`: for bundlers. */
  readonly extension: "js" | "ts" | "none";
}

/**
 * The module specifier by which generated code imports a user's type: always relative, so that it holds whatever the `paths`
 * of the tsconfig that reads it.
 */
export function typeImportSpecifier({ from, file, extension }: TypeImportRequest): string {
  const relative = path.posix.relative(path.posix.dirname(from), file);
  const dotted = relative.startsWith("../") ? relative : `./${relative}`;
  const match = /\.([cm]?)tsx?$/.exec(dotted);
  if (match === null || extension === "ts") return dotted;
  const [suffix, kind = ""] = match;
  const bare = dotted.slice(0, -suffix.length);
  // `.mts` and `.cts` have no form without an extension: resolution never adds those.
  return extension === "none" && kind === "" ? bare : `${bare}.${kind}js`;
}

/** The user's own types; one import a module. */
export function typeImports(request: EmitRequest, names: TypeNames): readonly ImportedNames[] {
  const modules = new Map<string, { exported: string; local: string }[]>();
  for (const { document } of request.entries) {
    if (document.typeImport === undefined) continue;
    const { file, extension = "js" } = document.typeImport;
    const specifier = typeImportSpecifier({
      from: `${request.outputFolder}/${request.stem}.ts`,
      file,
      extension: request.settings.importExtension ?? extension,
    });
    const types = modules.get(specifier) ?? [];
    types.push({ exported: document.typeImport.exportName, local: names.of(document).root });
    modules.set(specifier, types);
  }
  return [...modules].map(([from, types]) => ({ from, types }));
}
