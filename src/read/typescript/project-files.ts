import path from "node:path";
import type { FileReader } from "../schema-document.js";

/** The project's files under absolute paths, as the compiler asks for them; each is read once. */
export interface ProjectFiles {
  readonly root: string;
  /** `/project/schemas/user.ts` → its text. */
  readonly read: (absolute: string) => string | undefined;
  /** `/project/schemas/user.ts` → `schemas/user.ts`; a file above the root begins with `../`. */
  readonly relative: (absolute: string) => string;
  readonly absolute: (relative: string) => string;
  /** What a symbolic link, by its path relative to the root, names that leads nowhere. */
  readonly danglingLink: (relative: string) => string | undefined;
}

/** @param root absolute path of the project */
export function projectFiles(root: string, files: FileReader): ProjectFiles {
  const base = root.replaceAll("\\", "/").replace(/(?<=.)\/$/, "");
  const texts = new Map<string, string | undefined>();
  const relative = (absolute: string): string => path.posix.relative(base, absolute);
  return {
    root: base,
    relative,
    absolute: (file) => path.posix.join(base, file),
    danglingLink: (file) => files.danglingLink?.(file),
    read(absolute) {
      if (!texts.has(absolute)) texts.set(absolute, files.read(relative(absolute)));
      return texts.get(absolute);
    },
  };
}
