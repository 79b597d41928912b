import { describeValue } from "./check-value.js";
import type { JsonNode } from "./json-node.js";
import { setOwn, toData } from "./json-node.js";
import { companionKeywords, keywords } from "./keywords.js";
import type { SchemaBuild } from "./schema-build.js";
import { suggest } from "./suggest.js";

/** A setting that an extension keyword takes. */
interface Setting {
  readonly expected: string;
  readonly accepts: (node: JsonNode) => boolean;
  /** It is read at the root of a document only. */
  readonly root?: true;
}

const isText = (node: JsonNode): boolean => node.kind === "scalar" && typeof node.value === "string" && node.value !== "";
const isTexts = (node: JsonNode): boolean => (node.kind === "array" ? node.items.every(isText) : isText(node));
const isFlag = (node: JsonNode): boolean => node.kind === "scalar" && typeof node.value === "boolean";
const isOneOf =
  (...values: readonly unknown[]) =>
  (node: JsonNode): boolean =>
    node.kind === "scalar" && values.includes(node.value);
const isLevelCount = (node: JsonNode): boolean =>
  node.kind === "scalar" && typeof node.value === "number" && Number.isInteger(node.value) && node.value >= 0;

const extractSettings: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ["name", { expected: 'a name such as "Invoice"', accepts: isText, root: true }],
  ["mode", { expected: '"tools", "json_schema" or "json_object"', accepts: isOneOf("tools", "json_schema", "json_object"), root: true }],
  ["instructions", { expected: "a text", accepts: isText, root: true }],
  ["checks", { expected: 'a check such as "./order-checks.ts#totals", or a list of them', accepts: isTexts, root: true }],
  ["reasoning", { expected: "true or false", accepts: isFlag }],
  ["open", { expected: "true or false", accepts: isFlag }],
  ["unroll", { expected: "a whole number of levels", accepts: isLevelCount }],
]);

const ownKeywords: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ["x-extract", { expected: "an object of settings", accepts: (node) => node.kind === "object" }],
  ["x-stream", { expected: '"atomic"', accepts: isOneOf("atomic") }],
  ["x-skip", { expected: "true or false", accepts: isFlag }],
  ["x-revive", { expected: '"Date"', accepts: isOneOf("Date") }],
  ["x-nullable", { expected: "true or false", accepts: isFlag }],
]);

/**
 * Passes `x-…` on and tells of keywords that nobody knows. Our own extension keywords are checked: a setting that cannot be read is
 * told and left out.
 */
export function writeExtensions(build: SchemaBuild): void {
  for (const [name, value] of build.node.members) {
    if (name.startsWith("x-")) writeExtension(build, name, value);
    else if (!keywords.has(name) && !companionKeywords.has(name)) reportUnknown(build, name, value);
  }
  const example = build.node.members.get("example");
  if (example && !build.node.members.has("examples")) build.notes.examples = [toData(example)];
}

function writeExtension(build: SchemaBuild, name: string, value: JsonNode): void {
  const own = ownKeywords.get(name);
  if (!own) {
    const near = suggest(name, ownKeywords.keys());
    if (near) build.reportOnce("read/misspelt-keyword", value, { keyword: name, near });
    setOwn(build.notes, name, toData(value));
  } else if (!own.accepts(value)) reportSetting(build, { name, value, expected: own.expected });
  else if (name !== "x-nullable") build.notes[name] = name === "x-extract" ? readSettings(build, value) : toData(value);
}

function readSettings(build: SchemaBuild, node: JsonNode): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of node.kind === "object" ? node.members : []) {
    const setting = extractSettings.get(name);
    if (!setting) build.report("read/unknown-setting", value, { setting: name, advice: settingAdvice(name) });
    else if (!setting.accepts(value)) reportSetting(build, { name: `x-extract.${name}`, value, expected: setting.expected });
    else if (setting.root && !build.isRoot) build.report("read/setting-at-root-only", value, { setting: name });
    else settings[name] = toData(value);
  }
  return settings;
}

function reportSetting(build: SchemaBuild, facts: { readonly name: string; readonly value: JsonNode; readonly expected: string }): void {
  const { name, value, expected } = facts;
  build.report("read/setting-value", value, { setting: name, expected, found: describeValue(value) });
}

function settingAdvice(name: string): string {
  const near = suggest(name, extractSettings.keys());
  return near ? `Did you mean \`${near}\`?` : `Known are ${[...extractSettings.keys()].join(", ")}.`;
}

function reportUnknown(build: SchemaBuild, name: string, value: JsonNode): void {
  const near = suggest(name, keywords.keys());
  // `_format` beside or instead of `format` is how people switch a keyword off.
  const meant = near !== undefined && !name.startsWith("_") && !build.node.members.has(near);
  if (meant) build.reportOnce("read/misspelt-keyword", value, { keyword: name, near });
  else build.reportOnce("read/unknown-keyword", value, { keyword: name });
}
