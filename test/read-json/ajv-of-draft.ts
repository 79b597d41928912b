import { Ajv } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import Draft04 from "ajv-draft-04";
import addFormats from "ajv-formats";

export type TestDraft = "04" | "07" | "2019-09" | "2020-12";

export const schemaUris: Readonly<Record<TestDraft, string>> = {
  "04": "http://json-schema.org/draft-04/schema#",
  "07": "http://json-schema.org/draft-07/schema#",
  "2019-09": "https://json-schema.org/draft/2019-09/schema",
  "2020-12": "https://json-schema.org/draft/2020-12/schema",
};

/** Ajv's judgement by the class of a draft, strictness off. Throws where Ajv refuses the schema. */
export function judge(draft: TestDraft, schema: unknown): (value: unknown) => boolean {
  const options = { strict: false, logger: false, validateSchema: false } as const;
  const classes = { "04": Draft04.default, "07": Ajv, "2019-09": Ajv2019, "2020-12": Ajv2020 };
  const ajv = new classes[draft](options);
  addFormats.default(ajv);
  const validate = ajv.compile(schema as object);
  return (value) => validate(value);
}
