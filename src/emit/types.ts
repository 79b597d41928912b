import type { Options } from "json-schema-to-typescript";
import type { NamedShape } from "./file-shapes.js";
import { forTypes } from "./for-types.js";
import { tidyTypes } from "./tidy-types.js";

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
 * The exported types of a file by the printer of json-schema-to-typescript. Those of documents whose type is imported from the user's own module are not declared. The package is loaded by the first call.
 */
export async function emitTypes(all: readonly NamedShape[]): Promise<string> {
  const types = all.filter(({ document }) => document.typeImport === undefined);
  if (types.length === 0) return "";
  const { generate, generateType } = await import("json-schema-to-typescript/dist/src/generator.js");
  const { trees, docs } = forTypes(types, (tree) => generateType(tree, options));
  const rename = (word: string): string => types[Number(/\d+/.exec(word)?.[0])]?.name ?? word;
  return trees.flatMap((tree) => tidyTypes(generate(tree, options), { rename, docs })).join("\n");
}
