/**
 * Files of the project have URIs of a scheme of our own: `project:///schemas/user.json`. `file:` would bring the rules of the
 * machine it runs on (drive letters, hosts) into results that must be the same everywhere.
 */
const projectPrefix = "project:///";

export type ResolvedUri =
  | { readonly kind: "uri"; readonly uri: string; readonly fragment: string }
  | { readonly kind: "outside" }
  | { readonly kind: "invalid" };

/** The URI of a file, by its path relative to the root. */
export function projectUri(path: string): string {
  // Half of a surrogate pair, which a schema can hold, has no percent-encoding; no file is called by it.
  return (
    projectPrefix +
    path
      .replace(/\p{Surrogate}/gu, "\ufffd")
      .split("/")
      .map(encodeURIComponent)
      .join("/")
  );
}

/** The path of a file of the project; undefined for any other URI. */
export function projectPath(uri: string): string | undefined {
  return uri.startsWith(projectPrefix) ? uri.slice(projectPrefix.length).split("/").map(decode).join("/") : undefined;
}

/** Resolves a reference against a base URI without a fragment (RFC 3986, section 5). */
export function resolveUri(reference: string, base: string): ResolvedUri {
  const hash = reference.indexOf("#");
  const fragment = hash < 0 ? "" : reference.slice(hash + 1);
  const address = hash < 0 ? reference : reference.slice(0, hash);
  if (address === "") return { kind: "uri", uri: base, fragment };
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  // `c:\schemas` has a scheme of one letter: a path of the machine, as `file:` is.
  if (scheme === "file" || scheme?.length === 1) return { kind: "outside" };
  const basePath = projectPath(base);
  if (scheme === undefined && basePath !== undefined) return resolvePath(address, basePath, fragment);
  if (scheme === "project") return { kind: "outside" };
  try {
    return { kind: "uri", uri: new URL(address, base).href, fragment };
  } catch {
    return { kind: "invalid" };
  }
}

function resolvePath(address: string, basePath: string, fragment: string): ResolvedUri {
  if (address.startsWith("//") || address.includes("\0")) return { kind: "outside" };
  const query = address.indexOf("?");
  const path = query < 0 ? address : address.slice(0, query);
  const steps = path.startsWith("/") ? [] : basePath.split("/").slice(0, -1);
  // Decoded first and split again: `%2e%2e%2f` climbs as `../` does.
  for (const segment of decode(path).replaceAll("\\", "/").split("/")) {
    if (segment === "..") {
      if (steps.pop() === undefined) return { kind: "outside" };
    } else if (segment !== "." && segment !== "") steps.push(segment);
  }
  return { kind: "uri", uri: projectUri(steps.join("/")), fragment };
}

/** How to get from one web address to another of the same origin: `../b/c.json`. Undefined for others. */
export function relativeAddress(from: string, to: string): string | undefined {
  if (!URL.canParse(from) || !URL.canParse(to)) return undefined;
  const [start, end] = [new URL(from), new URL(to)];
  if (start.origin === "null" || start.origin !== end.origin || end.search !== "") return undefined;
  const steps = start.pathname.split("/").slice(0, -1);
  const target = end.pathname.split("/");
  let shared = 0;
  while (shared < Math.min(steps.length, target.length - 1) && steps[shared] === target[shared]) shared += 1;
  return [...steps.slice(shared).map(() => ".."), ...target.slice(shared)].join("/");
}

/** Percent-decodes; a malformed text is taken as it stands. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The segments of a JSON pointer in a URI fragment: `/a~1b/c%25d` → `a/b`, `c%d`. */
export function pointerSegments(fragment: string): readonly string[] {
  return decode(fragment).split("/").slice(1).map(unescapeSegment);
}

export function unescapeSegment(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

export function escapeSegment(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}
