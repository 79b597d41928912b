import { readFileSync } from "node:fs";

/** The texts of `templates/`. */
export interface Templates {
  /** The functions of one type: `templates/extractor.ts`. */
  readonly extractor: string;
}

/** The folder that ships with the package; this file lies equally deep in `src` and in `dist`. */
const OWN_FOLDER = new URL("../../templates/", import.meta.url);

/** Reads a folder's templates: our own, or those of `schemacast eject templates`. @throws what `readFileSync` throws for a missing file */
export function readTemplates(folder: URL = OWN_FOLDER): Templates {
  return { extractor: readFileSync(new URL("extractor.ts", folder), "utf8") };
}
