import type { Options } from "json-schema-to-typescript";
import type { SchemaDocument } from "../read/schema-document.js";
import { fileShapes } from "./file-shapes.js";
import { forTypes } from "./for-types.js";
import { tidyTypes } from "./tidy-types.js";
import type { TypeNames } from "./type-names.js";

/** Its generator looks at three of them, and at nothing that has to do with schemas, references or formatting. */
const options: Options = {
  $refOptions: {},
  additionalProperties: false,
  bannerComment: "",
  cwd: "/",
  declareExternallyReferenced: true,
  enableConstEnums: false,
  format: false,
  ignoreMinAndMaxItems: false,
  inferStringEnumKeysFromValues: false,
  maxItems: -1,
  strictIndexSignatures: false,
  style: {},
  unknownAny: true,
  unreachableDefinitions: false,
};

/**
 * The exported types of a file's documents, each once, by the two last stages of json-schema-to-typescript: what gathers equal members
 * of unions, and what prints. Documents whose type is imported from the user's own module get none. The package is loaded by the first
 * call.
 */
export async function emitTypes(documents: readonly SchemaDocument[], names: TypeNames): Promise<string> {
  const types = fileShapes(
    documents.filter((document) => document.typeImport === undefined),
    names,
  );
  if (types.length === 0) return "";
  const [{ generate }, { optimize }] = await Promise.all([
    import("json-schema-to-typescript/dist/src/generator.js"),
    import("json-schema-to-typescript/dist/src/optimizer.js"),
  ]);
  const { trees, docs } = forTypes(types);
  const rename = (word: string): string => types[Number(/\d+/.exec(word)?.[0])]?.name ?? word;
  return trees.flatMap((tree) => tidyTypes(generate(optimize(tree, options), options), { rename, docs })).join("\n");
}
