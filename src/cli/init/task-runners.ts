import { setJson } from "./edit-text.js";
import { members, type Repository } from "./repository.js";

/** Where a job reads and writes, relative to the package. */
export interface Folders {
  readonly input: string;
  readonly output: string;
}

const about = "a cached task";

/** A cached task for Turborepo and Nx, where the repository has them. */
export function addTasks(repository: Repository, folders: readonly Folders[]): void {
  addToTurbo(repository, folders);
  addToNx(repository, folders);
}

function addToTurbo(repository: Repository, folders: readonly Folders[]): void {
  const found = repository.above("turbo.json") ?? repository.above("turbo.jsonc");
  if (found === undefined) return;
  const task = {
    inputs: [...folders.map(({ input }) => `${input}/**`), "schemacast.config.*", "package.json"],
    outputs: folders.flatMap(({ output }) => [`${output}/**`, `!${output}/.schemacast.lock`, `!${output}/.schemacast.journal`]),
  };
  // A package's own file adds to that of the repository.
  const path = found.startsWith("../") ? "turbo.json" : found;
  const text = repository.text(path) ?? '{\n  "extends": ["//"]\n}\n';
  const parsed = repository.has(path) ? repository.json(path) : {};
  const tasks = "pipeline" in members(parsed) ? "pipeline" : "tasks";
  if (parsed === undefined || Object.hasOwn(members(parsed, tasks), "generate")) return;
  repository.draft(path, setJson(text, [tasks, "generate"], task), about);
}

/** Nx makes a target of the script; what it does not know is what the target reads and writes. */
function addToNx(repository: Repository, folders: readonly Folders[]): void {
  if (repository.above("nx.json") === undefined) return;
  const isProject = repository.has("project.json");
  const path = isProject ? "project.json" : "package.json";
  const place = isProject ? ["targets"] : ["nx", "targets"];
  const [text, parsed] = [repository.text(path), repository.json(path)];
  if (text === undefined || parsed === undefined || Object.hasOwn(members(parsed, ...place), "generate")) return;
  const target = {
    ...(isProject && { command: "schemacast generate", options: { cwd: "{projectRoot}" } }),
    cache: true,
    inputs: [
      ...folders.map(({ input }) => `{projectRoot}/${input}/**/*`),
      "{projectRoot}/schemacast.config.*",
      { externalDependencies: ["schemacast"] },
    ],
    outputs: folders.map(({ output }) => `{projectRoot}/${output}`),
  };
  repository.draft(path, setJson(text, [...place, "generate"], target), about);
}
