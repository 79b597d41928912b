import { isPrices } from "./prices.js";

/** What a setting may be. */
export interface KeyRule {
  readonly accepts: (value: unknown) => boolean;
  /** In words, after "must be". */
  readonly expected: string;
}

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);
const isList = (value: unknown): boolean => Array.isArray(value);

const text: KeyRule = { accepts: isText, expected: "a text" };
const globs: KeyRule = { accepts: isTexts, expected: 'a list of globs such as ["billing/**"]' };
const origins: KeyRule = {
  accepts: (value) => isTexts(value) && (value as string[]).every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  expected: 'a list of origins such as ["https://example.com"]',
};
const flag: KeyRule = { accepts: (value) => typeof value === "boolean", expected: "true or false" };
const folder: KeyRule = { accepts: isText, expected: "the path of a folder" };

function oneOf(...values: readonly string[]): KeyRule {
  return {
    accepts: (value) => typeof value === "string" && values.includes(value),
    expected: values.map((value) => JSON.stringify(value)).join(" or "),
  };
}

function isChecks(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => isText(each) || isTexts(each))
  );
}

function isProfile(value: unknown): boolean {
  if (value === "cerebras") return true;
  if (typeof value !== "object" || value === null || !("extends" in value) || value.extends !== "cerebras") return false;
  return Object.entries(value).every(([key, inner]) => {
    if (key === "extends") return true;
    const type = key === "switches" ? "boolean" : key === "limits" ? "number" : undefined;
    return type !== undefined && typeof inner === "object" && inner !== null && Object.values(inner).every((fact) => typeof fact === type);
  });
}

const namePatterns = ["type", "extract", "extractList", "stream", "streamList", "is", "parse"];
const fileCases = ["keep", "kebab", "camel", "pascal", "snake"];

function isNaming(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, inner]) => {
    if (typeof inner !== "string") return false;
    return key === "file" ? fileCases.includes(inner) : namePatterns.includes(key) && /^[A-Za-z_$]*\{[Tt]ype\}[\w$]*$/.test(inner);
  });
}

export const settingKeys: Readonly<Record<string, KeyRule>> = {
  mode: oneOf("tools", "json_schema", "json_object"),
  model: text,
  instructions: text,
  profile: { accepts: isProfile, expected: '"cerebras", or { extends: "cerebras", switches, limits }' },
  optional: oneOf("plain", "nullable"),
  open: flag,
  readOnly: oneOf("send", "skip"),
  applyDefaults: flag,
  mocks: flag,
  naming: {
    accepts: isNaming,
    expected: `{ ${namePatterns.join(", ")} }, each a name with {Type} or {type} in it such as "get{Type}", and file, one of ${fileCases.join(", ")}`,
  },
  checks: { accepts: isChecks, expected: 'checks by type name, such as { Order: "./checks/order.ts#totals" }' },
  importExtension: oneOf("js", "ts", "none"),
  header: text,
  templates: folder,
};

/** Settings of a whole job: its files import each other. */
export const jobSettingKeys: Readonly<Record<string, KeyRule>> = {
  ...settingKeys,
  target: oneOf("ts", "js"),
  runtime: oneOf("package", "inline"),
  referenced: oneOf("skip", "extract"),
};

export const overrideKeys: Readonly<Record<string, KeyRule>> = { files: globs, ...settingKeys };

export const jobKeys: Readonly<Record<string, KeyRule>> = {
  input: folder,
  include: globs,
  exclude: globs,
  allowRemote: origins,
  output: folder,
  overrides: { accepts: isList, expected: "a list of overrides" },
  ...jobSettingKeys,
};

export const configKeys: Readonly<Record<string, KeyRule>> = {
  ...jobKeys,
  prices: { accepts: isPrices, expected: '{ "<model>": { input, output } }, each the price of a million tokens' },
  jobs: { accepts: (value) => Array.isArray(value) && value.length > 0, expected: "a list of jobs, at least one" },
};
