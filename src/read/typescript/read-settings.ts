import type { ExtractSettings } from "../schema-document.js";
import type { Conversion } from "./conversion.js";
import type { CommentTag } from "./js-doc.js";

const modes = ["tools", "json_schema", "json_object"] as const;

/** `@extract name=Person mode=tools instructions="Only people."` → settings. Text without quotes runs to the next `key=`. */
export function readSettings(c: Conversion, tag: CommentTag): ExtractSettings {
  const settings: { name?: string; mode?: (typeof modes)[number]; instructions?: string; checks?: readonly string[] } = {};
  const pair = /([A-Za-z]\w*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\s\S]*?))\s*(?=$|\s[A-Za-z]\w*\s*=)/g;
  const text = tag.text;
  for (const [, key = "", double, single, bare = ""] of text.matchAll(pair)) {
    const value = (double ?? single)?.replace(/\\(.)/g, "$1") ?? bare.replace(/\s+/g, " ");
    const mode = modes.find((known) => known === value);
    if (key === "name" && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(value)) settings.name = value;
    else if (key === "mode" && mode) settings.mode = mode;
    else if (key === "instructions" && value !== "") settings.instructions = value;
    else if (key === "checks" && value !== "") settings.checks = value.split(/[\s,]+/);
    else
      c.reportSpan("read/ts-tag-value", tag.span, {
        tag: "extract",
        value: `${key}=${value}`,
        expected: "name=…, mode=tools|json_schema|json_object, instructions=… or checks=./file.ts#name",
      });
  }
  return settings;
}
