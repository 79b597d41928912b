import type { Diagnostic, SourcePosition } from "../diagnostics/diagnostic.js";
import { diagnostic, type DiagnosticCode } from "../diagnostics/report.js";
import type { GenerateSettings } from "./generate-settings.js";
import { configKeys, jobKeys, jobSettingKeys, overrideKeys, type KeyRule } from "./config-keys.js";
import type { ConfigLocation } from "./find-config.js";
import { hashSettings } from "./hash-settings.js";
import { defaultJob, type Job, type JobOverride } from "./job.js";
import { nearestName } from "./nearest-name.js";
import { isPrices, type Prices } from "./prices.js";

export interface ResolvedConfig {
  /** Empty where there are errors. */
  readonly jobs: readonly Job[];
  /** By model; for `batch`. */
  readonly prices?: Prices;
  readonly diagnostics: readonly Diagnostic[];
}

type Templates = NonNullable<GenerateSettings["templates"]>;

type Fields = Readonly<Record<string, unknown>>;

/** Checks what a configuration evaluated to and fills in the defaults. */
export function resolveConfig(value: unknown, location: ConfigLocation, readTemplates: (folder: string) => Templates): ResolvedConfig {
  const checker = new ConfigChecker(location);
  if (!isFields(value)) {
    checker.wrongValue("default export", "", { expected: "an object, made by `defineConfig({ … })`", found: describe(value) });
    return { jobs: [], diagnostics: checker.found };
  }
  checker.keys(value, configKeys, "");
  const { jobs: listed, prices, ...shared } = value;
  const several = Array.isArray(listed);
  const jobs = (several ? listed : [{}]).flatMap((own: unknown, index) => {
    const where = several ? ` of jobs[${index}]` : "";
    if (!isFields(own)) {
      checker.wrongValue(`jobs[${index}]`, "", { expected: "an object", found: describe(own) });
      return [];
    }
    if (several) checker.keys(own, jobKeys, where);
    return [resolveJob({ ...shared, ...own }, { checker, where, readTemplates })];
  });
  if (checker.found.length === 0) checker.folders(jobs);
  return { jobs: checker.found.length === 0 ? jobs : [], diagnostics: checker.found, ...(isPrices(prices) && { prices }) };
}

interface JobContext {
  readonly checker: ConfigChecker;
  readonly where: string;
  readonly readTemplates: (folder: string) => Templates;
}

function resolveJob(fields: Fields, { checker, where, readTemplates }: JobContext): Job {
  const folder = (key: "input" | "output", otherwise: string): string => checker.folder(key, fields[key] ?? otherwise, where);
  const settings = (from: Fields): GenerateSettings => {
    const picked = Object.fromEntries(
      Object.entries(from).filter(([key, value]) => Object.hasOwn(jobSettingKeys, key) && value !== undefined),
    );
    const { templates } = picked;
    // Every key was held against its rule above.
    return typeof templates === "string" ? { ...picked, templates: readTemplates(checker.folder("templates", templates, where)) } : picked;
  };
  const overrides = (Array.isArray(fields["overrides"]) ? fields["overrides"] : []).flatMap((override: unknown, index): JobOverride[] => {
    const place = ` of overrides[${index}]${where}`;
    if (!isFields(override)) {
      checker.wrongValue(`overrides[${index}]`, where, { expected: "an object", found: describe(override) });
      return [];
    }
    checker.keys(override, overrideKeys, place);
    if (override["files"] === undefined)
      checker.wrongValue("files", place, { expected: overrideKeys["files"]?.expected ?? "", found: "missing" });
    return [{ files: texts(override["files"]) ?? [], settings: settings(override) }];
  });
  const include = texts(fields["include"]);
  const exclude = texts(fields["exclude"]);
  const allowRemote = texts(fields["allowRemote"]);
  const job = {
    inputFolder: folder("input", defaultJob.inputFolder),
    outputFolder: folder("output", defaultJob.outputFolder),
    ...(include && { include }),
    ...(exclude && { exclude }),
    ...(allowRemote && { allowRemote }),
    settings: settings(fields),
    overrides,
  };
  return { ...job, settingsHash: hashSettings(job) };
}

/** Collects what is wrong, each with its place in the file. */
class ConfigChecker {
  readonly found: Diagnostic[] = [];
  readonly #location: ConfigLocation;

  constructor(location: ConfigLocation) {
    this.#location = location;
  }

  keys(fields: Fields, rules: Readonly<Record<string, KeyRule>>, where: string): void {
    for (const [key, value] of Object.entries(fields)) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      if (rule === undefined) this.#unknownKey(key, Object.keys(rules), where);
      else if (rule.inner !== undefined && isFields(value) && !this.#isWhole(value, rule.inner, ` of \`${key}\`${where}`)) continue;
      else if (value !== undefined && !rule.accepts(value))
        this.wrongValue(key, where, { expected: rule.expected, found: describe(value) });
    }
  }

  /** Whether nothing is wrong with the keys of a setting. */
  #isWhole(value: Fields, inner: Readonly<Record<string, KeyRule>>, where: string): boolean {
    const before = this.found.length;
    this.keys(value, inner, where);
    return this.found.length === before;
  }

  wrongValue(key: string, where: string, facts: { readonly expected: string; readonly found: string }): void {
    this.#report("config/wrong-value", key, { key, where, ...facts });
  }

  /** A folder as it goes into a job: `./schemas/` → `schemas`. */
  folder(key: string, value: unknown, where: string): string {
    // What is no text has been told of.
    const path = typeof value === "string" ? value : key;
    const problem = problemOfPath(path);
    if (problem !== undefined) this.#report("config/bad-path", key, { key, where, path: JSON.stringify(path), problem });
    return path
      .replace(/^(?:\.\/+)+/, "")
      .replace(/\/+$/, "")
      .replace(/\/(?:\.?\/)+/g, "/");
  }

  folders(jobs: readonly Job[]): void {
    for (const [index, { outputFolder }] of jobs.entries()) {
      const other = jobs.find((job, place) => place !== index && contains(job.outputFolder, outputFolder));
      if (other !== undefined)
        return this.#report("config/shared-output", "output", { folder: `${outputFolder}/`, other: `${other.outputFolder}/` });
      const reader = jobs.find(({ inputFolder }) => contains(inputFolder, outputFolder));
      if (reader !== undefined)
        this.#report("config/output-is-input", "output", { folder: `${outputFolder}/`, input: `${reader.inputFolder}/` });
    }
  }

  #unknownKey(key: string, known: readonly string[], where: string): void {
    const meant = nearestName(key, known);
    this.#report("config/unknown-key", key, {
      key,
      where,
      known: known.join(", "),
      suggestion: meant === undefined ? "" : ` Did you mean \`${meant}\`?`,
    });
  }

  #report(code: DiagnosticCode, key: string, facts: Readonly<Record<string, string>>): void {
    this.found.push(diagnostic(code, placeOfKey(this.#location, key), facts));
  }
}

/** Whether a folder is another or holds it, on a disk that does not tell upper from lower case. */
function contains(outer: string, inner: string): boolean {
  return `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}

function problemOfPath(path: string): string | undefined {
  if (path.includes("\\")) return "which has backslashes";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "which is an absolute path";
  if (path.split("/").includes("..")) return "which leads out of its folder";
  if (/^(?:\.\/*)*$/.test(path)) return "which is the root itself";
  return undefined;
}

/** Where a key is written. A program may compute its keys, so this is the first place that looks like it, or the top. */
function placeOfKey({ file, text }: ConfigLocation, key: string): SourcePosition {
  const name = /\w+/.exec(key)?.[0] ?? key;
  const offset = text.search(new RegExp(`(?<![\\w.])["']?${name.replace(/[^\w]/g, "\\$&")}["']?\\s*:`));
  if (offset < 0) return { file, line: 1, column: 1 };
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length: name.length };
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "string") return value.trim() === "" ? "an empty text" : JSON.stringify(value);
  if (typeof value === "object") return "an object";
  if (value === undefined) return "missing";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `a ${typeof value}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
