import { join } from "node:path";
import { isYaml, yamlConversion } from "../read/json/yaml.js";
import { byCodeUnit } from "../write/manifest.js";
import { listFiles } from "../write/project-files.js";

/** What to do where input folders hold no schema. Files in YAML are not read, and may be what was meant. */
export function adviceOnNoSchemas(root: string, inputFolders: readonly string[], otherwise: string): string {
  const found = inputFolders.flatMap((folder) => listFiles(join(root, folder)).map((path) => `${folder}/${path}`));
  const [first, ...others] = found.filter(isYaml).toSorted(byCodeUnit);
  if (first === undefined) return otherwise;
  const which = others.length === 0 ? `${first} is` : `${first} and ${others.length} more are`;
  return `${which} YAML, which is not read: convert ${others.length === 0 ? "it" : "them"} to JSON, for example with ${yamlConversion(first)}.`;
}
