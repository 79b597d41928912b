import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "./content-hash.js";
import type { HashMemory } from "./hash-memory.js";

/** As much as some thousand schemas: more is read again. */
const keptCharacters = 8_000_000;

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
  /** Texts of files that are asked for again: by who refers to them, and by who reads them. */
  readonly #texts = new Map<string, string>();
  #room = keptCharacters;

  constructor(root: string, { memory, known }: KnownHashes = {}) {
    this.#root = root;
    this.#memory = memory;
    this.#hashes = new Map(known);
  }

  /** The text without its byte order mark, or undefined where there is no such file. Records its fingerprint. What was read stays as it was read. */
  read(path: string): string | undefined {
    const kept = this.#texts.get(path);
    if (kept !== undefined) return kept;
    const bytes = this.#load(path);
    const text = bytes?.toString("utf8");
    const bare = text?.startsWith("\uFEFF") === true ? text.slice(1) : text;
    if (bare !== undefined && bare.length <= this.#room) {
      this.#room -= bare.length;
      this.#texts.set(path, bare);
    }
    return bare;
  }

  /** What a symbolic link names that leads nowhere; undefined for anything else. */
  danglingLink(path: string): string | undefined {
    const absolute = join(this.#root, path);
    try {
      const target = readlinkSync(absolute);
      return statSync(absolute, { throwIfNoEntry: false }) === undefined ? target : undefined;
    } catch {
      return undefined;
    }
  }

  /** The same of a file that was written since. */
  readAnew(path: string): string | undefined {
    this.#texts.delete(path);
    return this.read(path);
  }

  /** The same as `hash`, for a file that most likely is not there: saves an exception. */
  hashIfThere(path: string): string | undefined {
    if (!this.#hashes.has(path) && statSync(join(this.#root, path), { throwIfNoEntry: false }) === undefined)
      this.#hashes.set(path, undefined);
    return this.hash(path);
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
