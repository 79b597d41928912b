import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "./content-hash.js";
import type { HashMemory } from "./hash-memory.js";

/** What spares reading files for their hashes. */
export interface KnownHashes {
  /** Knows files that look as they did when it was last asked; for long-running processes. */
  readonly memory?: HashMemory | undefined;
  /** Hashes by path, relative to the root. */
  readonly known?: ReadonlyMap<string, string> | undefined;
}

/** Reads files below a root and remembers their fingerprints, so that what was read is what the manifest records. */
export class ProjectFiles {
  readonly #root: string;
  readonly #memory: HashMemory | undefined;
  readonly #hashes: Map<string, string | undefined>;
  readonly #carriageReturns = new Set<string>();

  constructor(root: string, { memory, known }: KnownHashes = {}) {
    this.#root = root;
    this.#memory = memory;
    this.#hashes = new Map(known);
  }

  /** The text without its byte order mark, or undefined where there is no such file. Records its fingerprint. */
  read(path: string): string | undefined {
    const bytes = this.#load(path);
    const text = bytes?.toString("utf8");
    return text?.startsWith("\uFEFF") === true ? text.slice(1) : text;
  }

  /** Fingerprint of the file as it was read last, or as it is; undefined where there is none. */
  hash(path: string): string | undefined {
    if (this.#hashes.has(path)) return this.#hashes.get(path);
    const known = this.#memory?.recall(join(this.#root, path));
    if (known !== undefined) this.#hashes.set(path, known);
    else this.#load(path);
    return this.#hashes.get(path);
  }

  /** Whether the file, as it was read last, has a carriage return. */
  hasCarriageReturns(path: string): boolean {
    return this.#carriageReturns.has(path);
  }

  #load(path: string): Buffer | undefined {
    const bytes = readBytes(join(this.#root, path));
    const hash = bytes && contentHash(bytes);
    this.#hashes.set(path, hash);
    if (hash !== undefined) this.#memory?.remember(join(this.#root, path), hash);
    if (bytes?.includes(0x0d) === true) this.#carriageReturns.add(path);
    return bytes;
  }
}

/** The bytes of a file, or undefined where there is no file of that name. @throws {UnreadableFile} the system refuses */
export function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}

/** Files below a folder, relative to it, with `/`, in no order. Empty where there is no such folder. @throws {UnreadableFile} */
export function listFiles(folder: string, prefix = ""): string[] {
  const found: string[] = [];
  let entries;
  try {
    entries = readdirSync(join(folder, prefix), { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return found;
    throw unreadable(join(folder, prefix), error);
  }
  for (const entry of entries) {
    if (entry.name === "node_modules" || entry.name === ".git") continue;
    if (entry.isDirectory()) found.push(...listFiles(folder, `${prefix}${entry.name}/`));
    else found.push(prefix + entry.name);
  }
  return found;
}

/** The `code` of a system error: `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** A file or folder that is there and can't be read. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  /** Absolute. */
  readonly path: string;
  /** `EACCES` */
  readonly reason: string;

  constructor(path: string, reason: string, cause: unknown) {
    super(`${path} could not be read (${reason})`, { cause });
    this.path = path;
    this.reason = reason;
  }
}

/** Tells by the name: the bundled program and the modules that it loads later each have a class of their own. */
export function isUnreadableFile(error: unknown): error is UnreadableFile {
  return error instanceof Error && error.name === "UnreadableFile";
}

function unreadable(path: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  return code === undefined ? error : new UnreadableFile(path, code, error);
}

function isMissing(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR";
}
