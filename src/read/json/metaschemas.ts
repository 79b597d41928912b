import { createRequire } from "node:module";

const folders: Readonly<Record<string, string>> = {
  "http://json-schema.org/draft-04/schema": "ajv-draft-04/dist/refs/json-schema-draft-04.json",
  "http://json-schema.org/draft-06/schema": "ajv/dist/refs/json-schema-draft-06.json",
  "http://json-schema.org/draft-07/schema": "ajv/dist/refs/json-schema-draft-07.json",
};

/** The text of a draft's own metaschema, which every reader knows without fetching it; undefined for any other URI. */
export function metaschema(uri: string): string | undefined {
  const modern = /^https:\/\/json-schema\.org\/draft\/(2019-09|2020-12)\/(schema|meta\/[a-z-]+)$/.exec(uri);
  const file = modern ? `ajv/dist/refs/json-schema-${modern[1]}/${modern[2]}.json` : Object.hasOwn(folders, uri) ? folders[uri] : undefined;
  if (file === undefined) return undefined;
  try {
    return JSON.stringify(createRequire(import.meta.url)(file));
  } catch {
    // A vocabulary that its draft does not have.
    return undefined;
  }
}
