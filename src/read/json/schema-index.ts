import type { Draft } from "./draft.js";
import { draftByUse, draftOfUri } from "./draft.js";
import type { JsonNode, JsonObject } from "./json-node.js";
import { member, stringOf } from "./json-node.js";
import { subschemas } from "./keywords.js";
import type { LineIndex } from "./line-index.js";
import { projectUri, resolveUri } from "./uri.js";

/** A file that parsed. */
export interface SchemaFile {
  /** Relative to the root, with `/`; a URL for a remote schema. */
  readonly path: string;
  readonly uri: string;
  readonly root: JsonNode;
  readonly lines: LineIndex;
}

/** A schema with an identity of its own: a file's root, or a schema with an `$id`. References inside resolve against it. */
export interface Resource {
  readonly uri: string;
  readonly root: JsonNode;
  readonly file: SchemaFile;
  readonly draft: Draft;
  readonly anchors: Map<string, JsonNode>;
  readonly dynamicAnchors: Map<string, JsonNode>;
  /** `$recursiveAnchor: true` at its root (2019-09). */
  readonly recursive: boolean;
}

/** Knows every resource and anchor of the files read so far, and which resource each schema belongs to. */
export class SchemaIndex {
  readonly #resources = new Map<string, Resource>();
  readonly #scopes = new Map<JsonNode, Resource>();

  /** Takes a file up. Its root is a resource twice over: by its path and by its `$id`. */
  addFile(file: SchemaFile): Resource {
    const draft = draftOfFile(file.root);
    const base = idOf(file.root, draft);
    const resolved = base === undefined ? undefined : resolveUri(base, file.uri);
    const uri = resolved?.kind === "uri" && base !== "" && !base?.startsWith("#") ? resolved.uri : file.uri;
    const resource = makeResource({ uri, root: file.root, file, draft });
    if (!this.#resources.has(file.uri)) this.#resources.set(file.uri, resource);
    this.#register(resource);
    this.#walk(file.root, resource);
    return resource;
  }

  resource(uri: string): Resource | undefined {
    return this.#resources.get(uri);
  }

  /** The resource a schema belongs to. A place that no keyword reaches gets that of the schema around it, and is taken up from there. */
  resourceOf(node: JsonNode): Resource {
    const known = this.#scopes.get(node);
    if (known) return known;
    if (!node.parent) throw new Error("a file's root is always indexed");
    const around = this.resourceOf(node.parent);
    if (node.kind === "object") this.#walk(node, around);
    else this.#scopes.set(node, around);
    return this.#scopes.get(node) ?? around;
  }

  /** Makes a schema a resource by the key it stands under, beside the file: what a registry's references without a path mean. */
  addNamed(node: JsonNode, name: string): void {
    if (node.kind !== "object" || !node.parent || this.#scopes.has(node)) return;
    const { file } = this.resourceOf(node.parent);
    const resolved = resolveUri(stringOf(member(node, "$id")) ?? encodeURIComponent(name), file.uri);
    if (resolved.kind !== "uri") return;
    const draft = draftOfUri(stringOf(member(node, "$schema")) ?? "") ?? draftByUse(node);
    const resource = makeResource({ uri: resolved.uri, root: node, file, draft });
    this.#register(resource);
    this.#walk(node, resource);
  }

  #register(resource: Resource): void {
    if (!this.#resources.has(resource.uri)) this.#resources.set(resource.uri, resource);
  }

  #walk(node: JsonNode, around: Resource): void {
    if (this.#scopes.has(node)) return;
    const resource = node.kind === "object" && node !== around.root ? this.#enter(node, around) : around;
    this.#scopes.set(node, resource);
    if (node.kind !== "object") return;
    collectAnchors(node, resource);
    for (const child of subschemas(node)) this.#walk(child, resource);
  }

  #enter(node: JsonObject, around: Resource): Resource {
    const id = idOf(node, around.draft);
    if (id === undefined || id === "" || id.startsWith("#")) return around;
    const resolved = resolveUri(id, around.uri);
    if (resolved.kind !== "uri") return around;
    const draft = draftOfUri(stringOf(member(node, "$schema")) ?? "") ?? around.draft;
    const resource = makeResource({ uri: resolved.uri, root: node, file: around.file, draft });
    this.#register(resource);
    return resource;
  }
}

function makeResource(facts: Pick<Resource, "uri" | "root" | "file" | "draft">): Resource {
  const recursiveAnchor = member(facts.root, "$recursiveAnchor");
  const recursive = recursiveAnchor?.kind === "scalar" && recursiveAnchor.value === true;
  return { ...facts, anchors: new Map(), dynamicAnchors: new Map(), recursive };
}

/** The draft of a file: by `$schema`, by the version of OpenAPI, or by the keywords in use. */
function draftOfFile(root: JsonNode): Draft {
  const declared = draftOfUri(stringOf(member(root, "$schema")) ?? "");
  if (declared) return declared;
  // typia's collections have the components of OpenAPI, and a `version` beside them.
  const components = member(member(root, "components"), "schemas");
  const openApi = stringOf(member(root, "openapi")) ?? (components && (stringOf(member(root, "version")) ?? ""));
  if (openApi !== undefined) return openApi.startsWith("3.0") ? 4 : 2020;
  if (stringOf(member(root, "swagger")) !== undefined) return 4;
  return draftByUse(root);
}

/** The identity a schema gives itself. Up to draft 07 a `$ref` beside it silences it. */
function idOf(node: JsonNode, draft: Draft): string | undefined {
  if (draft <= 7 && stringOf(member(node, "$ref")) !== undefined) return undefined;
  const id = stringOf(member(node, draft === 4 ? "id" : "$id"));
  return id ?? (draft === 4 ? stringOf(member(node, "$id")) : undefined);
}

function collectAnchors(node: JsonObject, resource: Resource): void {
  const id = idOf(node, resource.draft);
  const fragment = id === undefined ? "" : id.slice(id.indexOf("#") + 1);
  if (id?.includes("#") && fragment !== "" && !resource.anchors.has(fragment)) resource.anchors.set(fragment, node);
  const anchor = stringOf(member(node, "$anchor"));
  if (anchor !== undefined && !resource.anchors.has(anchor)) resource.anchors.set(anchor, node);
  const dynamic = stringOf(member(node, "$dynamicAnchor"));
  if (dynamic !== undefined && !resource.dynamicAnchors.has(dynamic)) resource.dynamicAnchors.set(dynamic, node);
}

/** The index entry of a file's own URI. */
export function fileUri(path: string): string {
  return /^https?:/.test(path) ? path : projectUri(path);
}
