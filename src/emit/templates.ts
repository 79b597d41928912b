import { readFileSync } from "node:fs";
import type { Form } from "./forms.js";

/** A template in the forms that are needed. */
export type TemplateText = Readonly<Record<Form, string>>;

/** The texts of `templates/`. */
export interface Templates {
  /** The functions of one type: `templates/extractor.ts`. */
  readonly extractor: TemplateText;
  /** The mocks of one type: `templates/mock.ts`. */
  readonly mock: TemplateText;
}

/** The folder that ships with the package; this file lies equally deep in `src` and in `dist`. */
const OWN_FOLDER = new URL("../../templates/", import.meta.url);

/**
 * Reads our own templates. `templates/plain/` holds what the compiler makes of them (a test says so): the compiler is not loaded for them.
 *
 * @throws what `readFileSync` throws for a missing file
 */
export function readTemplates(): Templates {
  return { extractor: readForms("extractor"), mock: readForms("mock") };
}

function readForms(name: string): TemplateText {
  return { ts: read(`${name}.ts`), js: read(`plain/${name}.js`), "d.ts": read(`plain/${name}.d.ts`) };
}

function read(path: string): string {
  return readFileSync(new URL(path, OWN_FOLDER), "utf8");
}
