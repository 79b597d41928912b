import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import Draft04 from "ajv-draft-04";
import addFormats from "ajv-formats";

const draft06 = createRequire(import.meta.url)("ajv/dist/refs/json-schema-draft-06.json") as object;

/** Ajv's own verdict on a schema as it was written: the class of its draft, strictness off, formats of ajv-formats. */
export function oracleFor(schema: unknown, formats = true): ((value: unknown) => boolean) | { readonly refused: string } {
  const draft = typeof schema === "object" && schema !== null && "$schema" in schema ? String(schema.$schema) : "";
  const options = { strict: false, logger: false, allErrors: true, validateFormats: formats } as const;
  const ajv = draft.includes("draft-04")
    ? new Draft04.default(options)
    : draft.includes("2019-09")
      ? new Ajv2019(options)
      : draft.includes("2020-12")
        ? new Ajv2020(options)
        : new Ajv(options);
  if (draft.includes("draft-06")) ajv.addMetaSchema(draft06);
  addFormats.default(ajv);
  try {
    // `$async` makes Ajv return promises; it says nothing about what is valid.
    const { $async: _, ...judged } = schema as { $async?: unknown };
    const validate = ajv.compile(typeof schema === "object" ? judged : (schema as boolean));
    return (value) => validate(value);
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}
