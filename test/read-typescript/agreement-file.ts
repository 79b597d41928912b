import { fileURLToPath } from "node:url";
import { emitAgreements } from "../../src/emit/agreement.js";
import { joinInForm } from "../../src/emit/forms.js";
import { typeImportSpecifier } from "../../src/emit/type-import.js";
import { typeNames } from "../../src/emit/type-names.js";
import type { SchemaDocument } from "../../src/read/schema-document.js";

const runtime = fileURLToPath(new URL("../../src/runtime/v1.js", import.meta.url));

/** What a generated file says of the types of a source: that they agree with their schemas. */
export function agreementFile(from: string, source: string, documents: readonly SchemaDocument[]): string {
  const imports = documents
    .map(({ name, typeImport }) => (typeImport?.exportName === name ? name : `${typeImport?.exportName} as ${name}`))
    .join(", ");
  const specifier = typeImportSpecifier({ from, file: source, extension: "js" });
  return `import type * as $ from "${runtime}";\nimport type { ${imports} } from "${specifier}";\n${joinInForm(emitAgreements(documents, typeNames(documents), camel), "ts")}`;
}

function camel(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}
