import * as validation from "@schemacast/runtime/validation";
import type { Validator } from "@schemacast/runtime/v1";
import type { GuardText } from "../../src/emit/guard.js";
import type { ValidatorText } from "../../src/emit/validator.js";

/** Runs the code of a validator as a codec file would (in a block of strict code, as in a module, a second declaration is an error), without `require` or anything else but `$v`. */
export function loadValidator(text: ValidatorText): { root: Validator; part: (path: string) => Validator | undefined } {
  const parts = [...text.parts].map(([path, id]) => `${JSON.stringify(path)}: ${id}`).join(", ");
  // oxlint-disable-next-line typescript/no-implied-eval -- generated code is what is tested
  const run = new Function("$v", `"use strict";\n{\n${text.code}\nreturn { root: ${text.root}, parts: { ${parts} } };\n}`);
  const loaded = run(validation) as { root: Validator; parts: Record<string, Validator> };
  return { root: loaded.root, part: (path) => loaded.parts[path] };
}

/** The same for a first-error validator, which stands below the validator it was made of. */
export function loadGuard(text: ValidatorText, guard: GuardText): (value: unknown) => boolean {
  // oxlint-disable-next-line typescript/no-implied-eval -- generated code is what is tested
  const run = new Function("$v", `"use strict";\n{\n${text.code}\n${guard.code}\nreturn ${guard.root};\n}`);
  return run(validation) as (value: unknown) => boolean;
}
