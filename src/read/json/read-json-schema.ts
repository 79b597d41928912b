import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { diagnostic } from "../../diagnostics/report.js";
import type { FileReader, ReadResult, SchemaDocument } from "../schema-document.js";
import { documentNames } from "./document-name.js";
import { extractSettings } from "./extract-settings.js";
import { findRoots } from "./find-roots.js";
import type { ReadLimits } from "./limits.js";
import { defaultLimits } from "./limits.js";
import { locator } from "./locate.js";
import { normalise } from "./normalise.js";
import { reportNullables } from "./nullable.js";
import type { RemoteLookup } from "./remote-lookup.js";
import { ReadSession } from "./read-session.js";

export interface ReadJsonOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Remote schemas that were fetched beforehand (`fetchRemoteSchemas`); without it every remote reference is refused. */
  readonly remote?: RemoteLookup;
}

function missingFile(path: string, files: FileReader): Diagnostic {
  const target = files.danglingLink?.(path);
  if (target === undefined) return diagnostic("read/file-not-found", undefined, { file: path });
  return diagnostic("read/dangling-link", undefined, { file: path, target });
}

/**
 * Reads a JSON Schema file of any draft, with what it refers to, into self-contained 2020-12 documents. `path` is relative to the
 * root. Never throws on what a file holds: faults are diagnostics, and where one is an error there are no documents.
 */
export function readJsonSchema(path: string, files: FileReader, options: ReadJsonOptions = {}): ReadResult {
  const limits = { ...defaultLimits, ...options.limits };
  const session = new ReadSession({ files, limits, remote: options.remote ?? (() => undefined) });
  const file = session.load(path);
  if (!file) {
    const diagnostics = session.has(path) ? session.diagnostics : [missingFile(path, files)];
    return { documents: [], diagnostics, dependencies: [path] };
  }
  const roots = findRoots(session, file.root);
  const names = documentNames(roots, path);
  const documents: SchemaDocument[] = [];
  let schemas = 0;
  for (const [index, root] of roots.entries()) {
    const name = names[index] ?? "Schema";
    const normalised = normalise(session, root, name);
    if (!session.hasErrors) reportNullables(session, normalised);
    const locate = locator(normalised, (node) => session.position(node));
    documents.push({ name, source: path, schema: normalised.schema, settings: extractSettings(root), locate });
    schemas += normalised.origins.size;
    if (schemas <= limits.allSchemas) continue;
    const unit = `schemas in its ${roots.length} extractors together, counted after references are followed`;
    session.report("read/too-large", file.root, { allowed: limits.allSchemas.toLocaleString("en-US"), unit });
    break;
  }
  return {
    documents: session.hasErrors ? [] : documents,
    diagnostics: session.diagnostics,
    dependencies: session.dependencies,
  };
}
