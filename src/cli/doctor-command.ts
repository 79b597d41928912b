import { createRequire } from "node:module";
import { join } from "node:path";
import { readConfig } from "../config/read-config.js";
import { readBytes } from "../write/project-files.js";
import type { ParsedArguments } from "./command-table.js";
import { showControls } from "./code-frame.js";
import { ignoreOutput } from "./init/formatters.js";
import { Repository } from "./init/repository.js";
import { adviceOnNoSchemas } from "./no-schemas.js";
import { packageVersion } from "./package-version.js";
import { paletteFor } from "./palette.js";
import { checkProject, type ProjectOptions } from "./project.js";
import { projectOptions } from "./project-options.js";
import type { Terminal } from "./terminal.js";

/** One thing that was looked at. */
interface Finding {
  readonly state: "fine" | "attention" | "wrong";
  readonly what: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** `schemacast doctor`: looks at everything that has to be right for generating and extracting. */
export async function doctorCommand({ options }: ParsedArguments, terminal: Terminal): Promise<0 | 1> {
  const project = projectOptions(options, terminal);
  const findings = [
    nodeVersion(process.versions.node),
    await runtimeVersion(project),
    sdkVersion(project.root),
    await profileAge(new Date()),
    ...(await projectState(project)),
    ...(await formatterIgnore(project)),
    await apiKey(terminal.environment, options["offline"] === true),
  ];
  if (options["format"] === "json") terminal.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else {
    const palette = paletteFor(terminal.stdout, terminal.environment);
    const signs = { fine: palette.green("ok"), attention: palette.yellow("!!"), wrong: palette.red("xx") };
    for (const { state, what, advice } of findings) {
      if (state === "fine" && options["quiet"] === true) continue;
      const hint = advice === undefined ? "" : `   ${palette.dim("→")} ${showControls(advice)}\n`;
      terminal.stdout.write(`${signs[state]} ${showControls(what)}\n${hint}`);
    }
  }
  return findings.some((finding) => finding.state === "wrong") ? 1 : 0;
}

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return { state: "fine", what: `Node.js ${version}` };
  return { state: "wrong", what: `Node.js ${version} is too old`, advice: "Install Node.js 20.19 or newer." };
}

async function runtimeVersion({ root, config: file }: ProjectOptions): Promise<Finding> {
  const own = packageVersion();
  const { jobs } = await readConfig({ root, generator: own, ...(file !== undefined && { file }) });
  if (jobs.length > 0 && jobs.every((job) => job.settings.runtime === "inline"))
    return { state: "fine", what: `schemacast ${own}, runtime inline` };
  const found = installedVersion(root, "@schemacast/runtime");
  if (found === undefined) {
    return {
      state: "wrong",
      what: "@schemacast/runtime can't be found from here",
      advice: `Generated code imports it: npm install @schemacast/runtime@${own}`,
    };
  }
  if (found !== own) {
    return {
      state: "wrong",
      what: `@schemacast/runtime is ${found}, schemacast is ${own}`,
      advice: `Keep them at one version: npm install @schemacast/runtime@${own}`,
    };
  }
  return { state: "fine", what: `schemacast and @schemacast/runtime ${own}` };
}

function sdkVersion(root: string): Finding {
  const name = "@cerebras/cerebras_cloud_sdk";
  const found = installedVersion(root, name);
  if (found === undefined) {
    return {
      state: "attention",
      what: `${name} is not installed`,
      advice: `npm install ${name}, unless you pass a client of your own to every call.`,
    };
  }
  const [major = 0, minor = 0] = found.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 60))
    return { state: "wrong", what: `${name} ${found} is too old`, advice: `npm install ${name}@latest` };
  return { state: "fine", what: `${name} ${found}` };
}

async function profileAge(now: Date): Promise<Finding> {
  const { cerebras } = await import("../profiles/cerebras.js");
  const months = (now.getTime() - Date.parse(`${cerebras.revised}-01`)) / (30.4 * 24 * 3_600_000);
  const what = `provider rules of Cerebras as of ${cerebras.revised}`;
  if (months < 9) return { state: "fine", what };
  return {
    state: "attention",
    what: `${what}, ${Math.round(months)} months ago`,
    advice: "Look for a newer schemacast: the rules may have changed.",
  };
}

async function projectState(project: Parameters<typeof checkProject>[0]): Promise<readonly Finding[]> {
  const check = await checkProject(project);
  // Of a project that has no schemas yet each job says so below.
  const faults = check.diagnostics.filter(({ code }) => code !== "write/no-schemas");
  if (faults.length > 0) {
    return faults.map((each) => ({
      state: "wrong",
      what: `${each.at?.file ?? "configuration"}: ${each.message}`,
      advice: each.hint,
    }));
  }
  return check.jobs.map(({ job, sources, diagnostics }) => {
    const errors = diagnostics.filter((each) => each.severity === "error").length;
    if (sources === 0) {
      return {
        state: "attention",
        what: `${job.inputFolder}/ holds no schemas`,
        advice: adviceOnNoSchemas(project.root, [job.inputFolder], "Put a .json or .ts schema there, or run `npx schemacast init`."),
      };
    }
    if (errors === 0) return { state: "fine", what: `${job.outputFolder}/ is up to date with ${sources} schema(s) in ${job.inputFolder}/` };
    return {
      state: "wrong",
      what: `${job.outputFolder}/ is not up to date (${errors} findings)`,
      advice: "See `npx schemacast check`, then run `npx schemacast generate`.",
    };
  });
}

/** A formatter that rewrites generated files makes every one of them look edited by hand. What `init` would write about that is missing. */
async function formatterIgnore({ root, config: file }: ProjectOptions): Promise<readonly Finding[]> {
  const { jobs } = await readConfig({ root, generator: packageVersion(), ...(file !== undefined && { file }) });
  const repository = new Repository(root);
  for (const { outputFolder } of jobs) ignoreOutput(repository, outputFolder);
  const folders = jobs.map(({ outputFolder }) => `${outputFolder}/`).join(", ");
  return repository.drafts.map(({ path }) => ({
    state: "attention",
    what: `${path} does not leave out ${folders}: a formatter would edit generated files`,
    advice: "`npx schemacast init` adds it, after showing what it does.",
  }));
}

async function apiKey(environment: Terminal["environment"], offline: boolean): Promise<Finding> {
  const key = environment["CEREBRAS_API_KEY"];
  if (key === undefined || key === "") {
    return {
      state: "attention",
      what: "CEREBRAS_API_KEY is not set",
      advice: "Extraction needs it; generating does not. Keys: https://cloud.cerebras.ai.",
    };
  }
  // Looked at first: what a client says of such a key quotes it.
  if (/[^\t -~\u0080-\u00ff]/.test(key)) {
    return {
      state: "wrong",
      what: "CEREBRAS_API_KEY holds a character that HTTP does not allow",
      advice: "Look for a line break in it, most likely at its end.",
    };
  }
  if (offline) return { state: "fine", what: "CEREBRAS_API_KEY is set (not tried: --offline)" };
  const base = environment["CEREBRAS_BASE_URL"] ?? "https://api.cerebras.ai";
  try {
    const response = await fetch(new URL("/v1/models", base), {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(5000),
    });
    await response.body?.cancel();
    if (response.ok) return { state: "fine", what: `${base} answers, and the key works` };
    if (response.status === 401 || response.status === 403) {
      return {
        state: "wrong",
        what: `${base} refuses the key (${response.status})`,
        advice: "Make a new key at https://cloud.cerebras.ai and set CEREBRAS_API_KEY.",
      };
    }
    return { state: "attention", what: `${base} answered ${response.status}`, advice: "Try again later: https://status.cerebras.ai." };
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { state: "wrong", what: `${base} can't be reached (${reason})`, advice: "Check the network and proxy, or CEREBRAS_BASE_URL." };
  }
}

/** The version of a package as the project would resolve it. */
function installedVersion(root: string, name: string): string | undefined {
  // Our own installation counts for the runtime only: it is what the command line itself uses.
  const places = [join(root, "package.json"), ...(name === "@schemacast/runtime" ? [import.meta.url] : [])];
  for (const from of places) {
    const require = createRequire(from);
    // Looked up by folder: many packages do not export their package.json. Yarn's Plug'n'Play has no folders.
    const files = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name, "package.json"));
    for (const file of [...files, resolved(require, `${name}/package.json`)]) {
      const text = file && readBytes(file)?.toString("utf8");
      if (text !== undefined) return versionIn(text);
    }
  }
  return undefined;
}

function resolved(require: NodeJS.Require, path: string): string | undefined {
  try {
    return require.resolve(path);
  } catch {
    return undefined;
  }
}

function versionIn(manifest: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(manifest);
    return typeof parsed === "object" && parsed !== null && "version" in parsed && typeof parsed.version === "string"
      ? parsed.version
      : undefined;
  } catch {
    return undefined;
  }
}
