import type { ExtractSettings } from "../schema-document.js";
import type { JsonNode } from "./json-node.js";
import { member, stringOf } from "./json-node.js";

const modes = ["tools", "json_schema", "json_object"] as const;

/** The settings under `x-extract` at a document's root; what cannot be read is told where the schema is written (`writeExtensions`). */
export function extractSettings(root: JsonNode): ExtractSettings {
  const settings = member(root, "x-extract");
  const name = stringOf(member(settings, "name"));
  const instructions = stringOf(member(settings, "instructions"));
  const mode = modes.find((known) => known === stringOf(member(settings, "mode")));
  const listed = member(settings, "checks");
  const checks = (listed?.kind === "array" ? listed.items : [listed]).map(stringOf).filter((check) => check !== undefined);
  return {
    ...(name !== undefined && { name }),
    ...(mode && { mode }),
    ...(instructions !== undefined && { instructions }),
    ...(checks.length > 0 && { checks }),
  };
}
