import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Plain Ajv for a draft of the official suite, with the suite's remote schemas; compiles a schema. */
export function suiteAjv(draft: string, remotes: Readonly<Record<string, unknown>>): (schema: unknown) => (value: unknown) => boolean {
  const options = { strict: false, logger: false, validateSchema: false } as const;
  const ajv = draft === "draft7" ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv);
  for (const [uri, schema] of Object.entries(remotes)) {
    try {
      ajv.addSchema(schema as object, uri);
    } catch {
      // A remote of another draft that this class refuses: the tests that need it fail by themselves.
    }
  }
  return (schema) => {
    const validate = ajv.compile(schema as object);
    return (value) => validate(value);
  };
}
