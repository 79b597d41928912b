import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonSchema } from "../../src/read/schema-document.js";

/** Ajv as the judge of lowered and original schemas; formats are looked at by nobody here. */
export function validatorOf(schema: JsonSchema): (value: unknown) => boolean {
  return new Ajv2020({
    strict: false,
    ownProperties: true,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    logger: false,
  }).compile(schema);
}
