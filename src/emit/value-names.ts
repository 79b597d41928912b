import { camelCase } from "./naming.js";

/** Names derived from a type's name that `naming` does not change. */
export interface ValueNames {
  /** `User` → `user`, `URLInfo` → `urlInfo`: prefix of constants. */
  readonly value: string;
  /** `User` → `extract_user`: at most 64 characters of `[A-Za-z0-9_-]` (docs: capabilities/tool-use). */
  readonly tool: string;
  /** `extract_user_list` */
  readonly listTool: string;
}

const TOOL_NAME_LIMIT = 64;
const PREFIX = "extract_";
const LIST_SUFFIX = "_list";

export function valueNames(type: string): ValueNames {
  const stem = snakeCase(type).slice(0, TOOL_NAME_LIMIT - PREFIX.length - LIST_SUFFIX.length);
  return { value: camelCase(type), tool: `${PREFIX}${stem}`, listTool: `${PREFIX}${stem}${LIST_SUFFIX}` };
}

function snakeCase(type: string): string {
  const words = type
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^_+|_+$/g, "");
  // A name in another script leaves nothing; the tool's description still says what it is.
  return words === "" ? "value" : words;
}
