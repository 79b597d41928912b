import { cerebras } from "../profiles/cerebras.js";
import { isPrices } from "./prices.js";

/** What a setting may be. */
export interface KeyRule {
  readonly accepts: (value: unknown) => boolean;
  /** In words, after "must be". */
  readonly expected: string;
  /** The keys of a setting that is an object: they are looked at before the whole. */
  readonly inner?: Readonly<Record<string, KeyRule>>;
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
  return value === "cerebras" || (isObject(value) && Reflect.get(value, "extends") === "cerebras");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const number: KeyRule = { accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 0, expected: "a whole number" };

/** The facts that a project may have views of its own on. */
const profileKeys: Readonly<Record<string, KeyRule>> = {
  extends: oneOf("cerebras"),
  switches: { accepts: isObject, expected: "an object of true or false", inner: sameRule(Object.keys(cerebras.tools.switches), flag) },
  limits: { accepts: isObject, expected: "an object of whole numbers", inner: sameRule(Object.keys(cerebras.tools.limits), number) },
};

function sameRule(names: readonly string[], rule: KeyRule): Readonly<Record<string, KeyRule>> {
  return Object.fromEntries(names.map((name) => [name, rule]));
}

const namePatterns = ["type", "extract", "extractList", "stream", "streamList", "is", "parse"];
const fileCases = ["keep", "kebab", "camel", "pascal", "snake"];

const namingKeys: Readonly<Record<string, KeyRule>> = {
  ...sameRule(namePatterns, {
    accepts: (value) => typeof value === "string" && /^[A-Za-z_$]*\{[Tt]ype\}[\w$]*$/.test(value),
    expected: 'a name with {Type} or {type} in it such as "get{Type}"',
  }),
  file: oneOf(...fileCases),
};

export const settingKeys: Readonly<Record<string, KeyRule>> = {
  mode: oneOf("tools", "json_schema", "json_object"),
  model: text,
  instructions: text,
  profile: { accepts: isProfile, expected: '"cerebras", or { extends: "cerebras", switches, limits }', inner: profileKeys },
  optional: oneOf("plain", "nullable"),
  open: flag,
  readOnly: oneOf("send", "skip"),
  applyDefaults: flag,
  guards: oneOf("all-errors", "first-error"),
  mocks: flag,
  naming: { accepts: isObject, expected: 'an object such as { extract: "get{Type}", file: "kebab" }', inner: namingKeys },
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
