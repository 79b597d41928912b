import { diagnostic } from "../../diagnostics/report.js";
import type { FileReader, ReadResult, SchemaDocument } from "../schema-document.js";
import { documentNames } from "./document-name.js";
import { extractSettings } from "./extract-settings.js";
import { findRoots } from "./find-roots.js";
import type { JsonNode } from "./json-node.js";
import type { ReadLimits } from "./limits.js";
import { defaultLimits } from "./limits.js";
import { locator } from "./locate.js";
import { normalise } from "./normalise.js";
import type { RemoteLookup } from "./remote-lookup.js";
import { ReadSession } from "./read-session.js";

export interface ReadJsonOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Remote schemas that were fetched beforehand (`fetchRemoteSchemas`); without it every remote reference is refused. */
  readonly remote?: RemoteLookup;
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
    const diagnostics = session.has(path) ? session.diagnostics : [diagnostic("read/file-not-found", undefined, { file: path })];
    return { documents: [], diagnostics, dependencies: [path] };
  }
  const roots = findRoots(session, file.root);
  const names = documentNames(roots, path);
  const documents = roots.map((root, index) => readDocument(session, { root, path, name: names[index] ?? "Schema" }));
  return {
    documents: session.hasErrors ? [] : documents,
    diagnostics: session.diagnostics,
    dependencies: session.dependencies,
  };
}

interface DocumentRoot {
  readonly root: JsonNode;
  readonly path: string;
  readonly name: string;
}

function readDocument(session: ReadSession, { root, path, name }: DocumentRoot): SchemaDocument {
  const settings = extractSettings(root);
  const normalised = normalise(session, root, name);
  return { name, source: path, schema: normalised.schema, settings, locate: locator(normalised, (node) => session.position(node)) };
}
