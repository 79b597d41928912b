import type { SchemaDocument } from "../read/schema-document.js";
import { fileShapes } from "./file-shapes.js";
import { forTypes } from "./for-types.js";
import { tidyTypes } from "./tidy-types.js";
import type { TypeNames } from "./type-names.js";

/**
 * The exported types of a file's documents, each once, by json-schema-to-typescript. Documents whose type is imported from the
 * user's own module get none. The package is loaded by the first call (160 ms).
 */
export async function emitTypes(documents: readonly SchemaDocument[], names: TypeNames): Promise<string> {
  const types = fileShapes(
    documents.filter((document) => document.typeImport === undefined),
    names,
  );
  if (types.length === 0) return "";
  const { compile } = await import("json-schema-to-typescript");
  const { schema, docs } = forTypes(types);
  const printed = await compile(schema, "All", {
    additionalProperties: false,
    bannerComment: "",
    cwd: "/",
    enableConstEnums: false,
    format: false,
    maxItems: -1,
    $refOptions: { resolve: { external: false, file: false, http: false } },
  });
  const rename = (word: string): string => types[Number(/\d+/.exec(word)?.[0])]?.name ?? word;
  const declarations = tidyTypes(printed, { rename, docs });
  const declared = new Map(declarations.map((text) => [/^export (?:interface|type) (\S+)/m.exec(text)?.[1], text]));
  return types.map((named) => declared.get(named.name) ?? missing(named.name)).join("\n");
}

function missing(name: string): never {
  throw new Error(`json-schema-to-typescript printed no declaration of ${name}`);
}
