import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readBytes, systemErrorCode } from "../write/project-files.js";

const names = [
  "schemacast.config.ts",
  "schemacast.config.mts",
  "schemacast.config.js",
  "schemacast.config.mjs",
  "schemacast.config.json",
] as const;

/** Where a project's configuration stands. */
export interface ConfigLocation {
  /** Relative to the root. */
  readonly file: string;
  readonly text: string;
  /** `module`: a program to load; `json`: data; `package`: the field `schemacast` of package.json. */
  readonly kind: "module" | "json" | "package";
}

/** Every configuration in a project's root; more than one is a fault of the project. */
export function findConfigs(root: string): readonly ConfigLocation[] {
  let listed: ReadonlySet<string>;
  try {
    listed = new Set(readdirSync(root));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  const found: ConfigLocation[] = [];
  for (const file of names) {
    if (listed.has(file)) found.push(locate(root, file));
  }
  if (!listed.has("package.json")) return found;
  const location = locate(root, "package.json");
  // A look at the text spares parsing: most package.json files have no such field.
  return location.text.includes('"schemacast"') && hasField(location.text) ? [...found, location] : found;
}

/** A configuration that was named. Undefined where there is no such file. */
export function namedConfig(root: string, file: string): ConfigLocation | undefined {
  return readBytes(join(root, file)) === undefined ? undefined : locate(root, file);
}

function locate(root: string, file: string): ConfigLocation {
  const text = readBytes(join(root, file))?.toString("utf8") ?? "";
  const name = file.slice(file.lastIndexOf("/") + 1);
  return { file, text, kind: name === "package.json" ? "package" : name.endsWith(".json") ? "json" : "module" };
}

/** `schemacast` as a field of its own, not as a dependency's name or the package's. */
function hasField(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && Object.hasOwn(parsed, "schemacast");
  } catch {
    return false; // npm tells about a broken package.json.
  }
}
