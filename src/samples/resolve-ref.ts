import { isFields, type Fields } from "./fields.js";

/** What a JSON-pointer reference within the document means (`#`, `#/$defs/Name`); nothing where it leads nowhere. */
export function resolveRef(ref: string, root: Fields): unknown {
  if (!ref.startsWith("#")) return undefined;
  let node: unknown = root;
  for (const token of ref.slice(1).split("/").slice(1)) {
    const key = safeDecode(token).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(node)) node = node[Number(key)];
    else node = isFields(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return node;
}

function safeDecode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
