import { describeValue } from "./check-value.js";
import type { JsonNode } from "./json-node.js";
import { segmentsOf, step } from "./json-node.js";
import type { ReadSession } from "./read-session.js";
import type { Resource } from "./schema-index.js";
import { suggest } from "./suggest.js";
import { decode, escapeSegment, pointerSegments, projectPath, relativeAddress, resolveUri } from "./uri.js";

/** Where a reference leads. */
export interface Target {
  readonly node: JsonNode;
  /** It was reached by the name of a `$dynamicAnchor`. */
  readonly dynamic: boolean;
}

interface Failure {
  readonly problem: string;
  readonly advice: string;
}

/** Follows a reference that stands at `at`; undefined (told) when it leads nowhere. Loads the files it needs. */
export function resolveReference(session: ReadSession, reference: string, at: JsonNode): Target | undefined {
  const from = session.index.resourceOf(at.parent ?? at);
  const resolved = resolveUri(reference, from.uri);
  if (resolved.kind === "outside") {
    session.report("read/ref-outside-root", at, { ref: reference });
    return undefined;
  }
  if (resolved.kind === "invalid") {
    const advice = "Write a path relative to this file, such as ./address.json, or a pointer such as #/$defs/Address.";
    session.report("read/ref-not-found", at, { ref: reference, problem: "it is no URI reference", advice });
    return undefined;
  }
  const resource = findResource(session, { reference, uri: resolved.uri, from, at });
  if (!resource) return undefined;
  const found = findInResource(resource, resolved.fragment);
  const target = isTarget(found) ? found : retryFromFile(resource, resolved.fragment);
  if (target) return checkedTarget(session, { reference, at, target });
  if (!isTarget(found)) {
    const where = resource.file === from.file ? "" : ` in ${resource.file.path}`;
    session.report("read/ref-not-found", at, { ref: reference, problem: found.problem + where, advice: found.advice });
  }
  return undefined;
}

function checkedTarget(session: ReadSession, facts: { reference: string; at: JsonNode; target: Target }): Target | undefined {
  const { node } = facts.target;
  if (node.kind === "object" || (node.kind === "scalar" && typeof node.value === "boolean")) return facts.target;
  session.report("read/ref-not-a-schema", facts.at, { ref: facts.reference, found: describeValue(node) });
  return undefined;
}

function isTarget(found: Target | Failure): found is Target {
  return "node" in found;
}

interface Search {
  readonly reference: string;
  readonly uri: string;
  readonly from: Resource;
  readonly at: JsonNode;
}

/** The resource of a URI: one that is known, a file of the project, or a remote one that was fetched beforehand. */
function findResource(session: ReadSession, search: Search): Resource | undefined {
  const { uri } = search;
  const known = session.index.resource(uri) ?? session.index.resource(withoutTrailingHash(uri));
  if (known) return known;
  const path = projectPath(uri);
  if (path !== undefined) {
    const file = session.load(path);
    if (file) return session.index.resource(uri);
    reportMissingFile(session, search, path);
    return undefined;
  }
  return findNeighbour(session, search) ?? findRemote(session, search);
}

/** The place in its own file that a reference without its `#/`, or with a mere name, was meant for: `definitions/A`, `A`. */
function meantAdvice({ reference, from }: Pick<Search, "reference" | "from">): string | undefined {
  const path = reference.replace(/^\.?\//, "");
  if (path === "" || path.includes("#") || path.includes(":")) return undefined;
  const pointers = [path, `$defs/${path}`, `definitions/${path}`].map((way) => `/${way}`);
  const pointer = pointers.find((one) => isTarget(findInResource(from, one)) || retryFromFile(from, one));
  return pointer === undefined ? undefined : `Did you mean \`#${pointer}\`? A place in this file begins with #/.`;
}

function withoutTrailingHash(uri: string): string {
  return uri.replace(/#$/, "");
}

function reportMissingFile(session: ReadSession, search: Search, path: string): void {
  // A file that is there but no JSON has been told about already.
  if (session.has(path)) return;
  const target = session.danglingLink(path);
  if (target !== undefined) {
    const facts = {
      problem: `${path} is a symbolic link, and there is no ${target}`,
      advice: "Correct the link, or bring back its target.",
    };
    session.report("read/ref-not-found", search.at, { ref: search.reference, ...facts });
    return;
  }
  const create = `Create ${path}, or correct the path: it is taken relative to ${search.from.file.path}.`;
  const advice = meantAdvice(search) ?? create;
  session.report("read/ref-not-found", search.at, { ref: search.reference, problem: `there is no file ${path}`, advice });
}

/**
 * A relative reference below an `$id` names a web address, but what people mean by it is most often the file beside this one: many
 * schemas carry the `$id` they will have when published. Such a file is taken when it is there; by a whole address only if it says, in
 * its own `$id`, that it is what lies there.
 */
function findNeighbour(session: ReadSession, { reference, uri, from }: Search): Resource | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(reference)) return findPublished(session, uri, from);
  const path = pathBeside(reference, from);
  const file = path === undefined ? undefined : session.load(path);
  return file ? session.index.resource(file.uri) : findPublished(session, uri, from);
}

/** Schemas published together lie in their repository as they do on the web, sometimes with an ending that the address lacks. */
function findPublished(session: ReadSession, uri: string, from: Resource): Resource | undefined {
  const way = relativeAddress(from.uri, uri);
  for (const ending of way === undefined ? [] : ["", ".json", ".schema.json"]) {
    const path = pathBeside(`${way}${ending}`, from);
    if (path !== undefined) session.load(path);
    const found = session.index.resource(uri);
    if (found) return found;
  }
  return undefined;
}

function pathBeside(reference: string, from: Resource): string | undefined {
  const beside = resolveUri(reference, from.file.uri);
  return beside.kind === "uri" ? projectPath(beside.uri) : undefined;
}

function findRemote(session: ReadSession, search: Search): Resource | undefined {
  const { uri, reference, at } = search;
  // Below an `$id` a mere name may well be another schema's address; `definitions/A` hardly.
  const meant = /^(?:\.?\/)?(?:\$defs|definitions)\//.test(reference) ? meantAdvice(search) : undefined;
  if (!/^https?:/.test(uri) || (meant !== undefined && !session.load(uri))) {
    const advice = meant ?? "Give the schema it means this `$id`, in this file or in one that is referred to by path.";
    session.report("read/ref-not-found", at, { ref: reference, problem: `no schema read so far has the \`$id\` ${uri}`, advice });
    return undefined;
  }
  const file = session.load(uri);
  if (file) return session.index.resource(uri);
  const refusal = session.refusal(uri);
  if (refusal) session.report("read/remote-failed", at, { uri, problem: refusal.problem, advice: refusal.advice });
  else if (!session.has(uri)) session.report("read/ref-remote", at, { ref: reference, origin: new URL(uri).origin });
  return undefined;
}

/** Finds the place a fragment names inside a resource: a JSON pointer, or an anchor. */
function findInResource(resource: Resource, fragment: string): Target | Failure {
  if (fragment === "") return { node: resource.root, dynamic: false };
  const anchor = decode(fragment);
  const anchored = resource.anchors.get(anchor);
  if (anchored) return { node: anchored, dynamic: false };
  const dynamic = resource.dynamicAnchors.get(anchor);
  if (dynamic) return { node: dynamic, dynamic: true };
  if (!fragment.startsWith("/")) return missingAnchor(resource, anchor);
  let node = resource.root;
  for (const segment of pointerSegments(fragment)) {
    const next = step(node, segment);
    if (!next) return missingSegment(node, segment);
    node = next;
  }
  return { node, dynamic: false };
}

/** `#/definitions/…` inside a schema with an `$id` of its own is often meant from the file's root, as older tools took it. */
function retryFromFile(resource: Resource, fragment: string): Target | undefined {
  if (resource.root === resource.file.root) return undefined;
  const found = findInResource({ ...resource, root: resource.file.root }, fragment);
  return isTarget(found) ? found : undefined;
}

function missingAnchor(resource: Resource, anchor: string): Failure {
  const meant = meantAdvice({ reference: anchor, from: resource });
  const near = suggest(anchor, [...resource.anchors.keys(), ...resource.dynamicAnchors.keys()]);
  const advice = meant ?? (near ? `Did you mean "#${near}"?` : "A pointer begins with #/, for example #/$defs/Address.");
  return { problem: `there is no \`$anchor\` "${anchor}"`, advice };
}

function missingSegment(parent: JsonNode, segment: string): Failure {
  const place = `#${segmentsOf(parent)
    .map((part) => `/${escapeSegment(part)}`)
    .join("")}`;
  const keys = parent.kind === "object" ? [...parent.members.keys()] : [];
  const near = suggest(segment, keys);
  const listed = keys.slice(0, 8).join(", ") + (keys.length > 8 ? ", …" : "");
  const content = keys.length > 0 ? `\`${place}\` holds: ${listed}.` : `\`${place}\` holds nothing by a name.`;
  return {
    problem: `\`${place}\` has no "${segment}"`,
    advice: near ? `Did you mean \`${place}/${escapeSegment(near)}\`? ${content}` : content,
  };
}
