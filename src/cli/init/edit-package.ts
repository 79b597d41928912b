import { packageVersion } from "../package-version.js";
import { setJson } from "./edit-text.js";
import { dependencyGroups, members, type Repository } from "./repository.js";

const scripts = { generate: "schemacast generate", "generate:check": "schemacast check" };

/**
 * Adds scripts and dependencies to package.json, and the `type` that generated code needs. What is there stays as it is.
 *
 * @returns what a person has to do
 */
export function editPackage(repository: Repository): readonly string[] {
  const before = repository.text("package.json");
  if (before === undefined) return ["There is no package.json here: run `npm init -y` first, then this again."];
  const manifest = repository.json("package.json");
  if (manifest === undefined) return ["package.json is not well-formed JSON: correct it, then run this again."];
  const advice: string[] = [];
  let text = before;
  for (const [name, command] of Object.entries(scripts)) {
    const found = members(manifest, "scripts")[name];
    if (found === undefined) text = setJson(text, ["scripts", name], command);
    else if (typeof found === "string" && !found.includes("schemacast"))
      advice.push(`package.json has a script "${name}" of its own: add \`${command}\` to it.`);
  }
  const version = `^${packageVersion()}`;
  for (const [group, name, range] of [
    ["dependencies", "@schemacast/runtime", version],
    ["dependencies", "@cerebras/cerebras_cloud_sdk", "^1.91.0"],
    ["devDependencies", "schemacast", version],
  ] as const) {
    // A package may stand among the others: where it stands is the project's choice.
    if (!dependencyGroups.some((each) => Object.hasOwn(members(manifest, each), name))) text = setJson(text, [group, name], range);
  }
  // A bundler takes it into the program.
  const atRunTime = ["@schemacast/runtime", "@cerebras/cerebras_cloud_sdk"].filter(
    (name) => Object.hasOwn(members(manifest, "devDependencies"), name) && !Object.hasOwn(members(manifest, "dependencies"), name),
  );
  if (atRunTime.length > 0 && !repository.depends(...bundlers))
    advice.push(
      `Generated code imports ${atRunTime.join(" and ")} when it runs: move ${atRunTime.length === 1 ? "it" : "them"} from devDependencies to dependencies, which \`npm install --omit=dev\` leaves in place.`,
    );
  if (needsType(repository, manifest)) {
    if (hasNoCode(repository)) text = setJson(text, ["type"], "module");
    else advice.push(typeAdvice);
  }
  repository.draft("package.json", text, "scripts, dependencies, and the type where generated code needs it");
  return text === before ? advice : [...advice, `Then run \`${repository.packageManager} install\`.`];
}

/** Generated code is ES modules. A bundler takes them from any package; Node and `tsc` ask the package for its `type`. */
function needsType(repository: Repository, manifest: unknown): boolean {
  if (members(manifest)["type"] === "module" || repository.depends(...bundlers)) return false;
  const { module, moduleResolution } = members(repository.json("tsconfig.json"), "compilerOptions");
  return !/^bundler$/i.test(String(moduleResolution)) && !/^preserve$/i.test(String(module));
}

/** Packages that bundle TypeScript, or bring what does. */
export const bundlers = [
  "@rspack/core",
  "astro",
  "esbuild",
  "expo",
  "next",
  "nuxt",
  "rolldown",
  "rollup",
  "tsdown",
  "tsup",
  "vite",
  "webpack",
  "wrangler",
];

const typeAdvice =
  'Generated code is ES modules and this package does not say `"type": "module"`. Set it, or leave it: Node 20.19 and up loads ES modules with `require`, ' +
  'and TypeScript 5.8 and up compiles generated code as CommonJS under "module": "nodenext" without `verbatimModuleSyntax`.';

/** Whether there is nothing yet whose meaning a `type` would change. */
function hasNoCode(repository: Repository): boolean {
  const files = [".", "src", "lib", "app", "bin", "test", "tests"].flatMap((folder) => repository.names(folder));
  return !files.some((name) => /\.[jt]sx?$/.test(name) && !/\.config\.[jt]s$|\.d\.ts$/.test(name));
}
