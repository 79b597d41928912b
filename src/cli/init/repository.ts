import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { readBytes } from "../../write/project-files.js";

/** What `init` looks at, the package it was started in and the repository around it, and what it would write there. */
export class Repository {
  /** Absolute path of the package. */
  readonly root: string;
  readonly #drafts = new Map<string, { readonly text: string; readonly about: string }>();

  constructor(root: string) {
    this.root = root;
  }

  /** What would be written, by path relative to the package; only what differs from the disk. */
  get drafts(): readonly { readonly path: string; readonly before: string | undefined; readonly text: string; readonly about: string }[] {
    const all = [...this.#drafts].map(([path, draft]) => ({ path, before: this.#onDisk(path), ...draft }));
    return all.filter(({ before, text }) => before !== text);
  }

  /** Plans to write a file. What is asked for afterwards takes it for written. */
  draft(path: string, text: string, about: string): void {
    this.#drafts.set(path, { text, about: this.#drafts.get(path)?.about ?? about });
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  text(path: string): string | undefined {
    return this.#drafts.get(path)?.text ?? this.#onDisk(path);
  }

  /** A file of JSON, comments allowed. Undefined where there is none, or it is not well-formed. */
  json(path: string): unknown {
    const text = this.text(path);
    return text === undefined ? undefined : parseJson(text);
  }

  /** A file in the package or in a folder around it, up to the repository's root: its path relative to the package. */
  above(name: string): string | undefined {
    for (let folder = this.root; ; folder = dirname(folder)) {
      if (existsSync(join(folder, name))) return relative(this.root, join(folder, name)).split(sep).join("/");
      if (folder === dirname(folder) || existsSync(join(folder, ".git"))) return undefined;
    }
  }

  /** Names in a folder of the package. */
  names(folder = "."): readonly string[] {
    const path = join(this.root, folder);
    return existsSync(path) ? readdirSync(path) : [];
  }

  /** Whether package.json names one of these packages among its dependencies. */
  depends(...packages: readonly string[]): boolean {
    const manifest = this.json("package.json");
    return dependencyGroups.some((group) => packages.some((name) => Object.hasOwn(members(manifest, group), name)));
  }

  /** The package manager that the lockfile belongs to. */
  get packageManager(): string {
    return lockfiles.find(([name]) => this.above(name) !== undefined)?.[1] ?? "npm";
  }

  #onDisk(path: string): string | undefined {
    return readBytes(join(this.root, path))?.toString("utf8");
  }
}

export const dependencyGroups = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

const lockfiles = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
] as const;

/** JSON with comments and trailing commas; undefined where it is not well-formed. */
export function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  const parsed: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? parsed : undefined;
}

/** The members of an object inside an object; none where it is not there. */
export function members(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  let inner: unknown = value;
  for (const key of path) inner = isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  return isRecord(inner) ? inner : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
