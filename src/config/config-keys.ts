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
const folder: KeyRule = { accepts: isText, expected: "the path of a folder" };

function oneOf(...values: readonly string[]): KeyRule {
  return {
    accepts: (value) => typeof value === "string" && values.includes(value),
    expected: values.map((value) => JSON.stringify(value)).join(" or "),
  };
}

export const settingKeys: Readonly<Record<string, KeyRule>> = {
  mode: oneOf("tools", "json_schema", "json_object"),
  model: text,
  instructions: text,
  profile: oneOf("cerebras"),
  importExtension: oneOf("js", "ts", "none"),
  header: text,
  target: oneOf("ts", "js"),
  runtime: oneOf("package", "inline"),
  templates: folder,
  mocks: { accepts: (value) => typeof value === "boolean", expected: "true or false" },
};

export const overrideKeys: Readonly<Record<string, KeyRule>> = { files: globs, ...settingKeys };

export const jobKeys: Readonly<Record<string, KeyRule>> = {
  input: folder,
  include: globs,
  exclude: globs,
  output: folder,
  overrides: { accepts: isList, expected: "a list of overrides" },
  ...settingKeys,
};

export const configKeys: Readonly<Record<string, KeyRule>> = {
  ...jobKeys,
  jobs: { accepts: (value) => Array.isArray(value) && value.length > 0, expected: "a list of jobs, at least one" },
};
