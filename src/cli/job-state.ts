import { join } from "node:path";
import type { Job } from "../config/job.js";
import { byCodeUnit, manifestName, parseManifest, type Manifest } from "../write/manifest.js";
import { listFiles, ProjectFiles, readBytes } from "../write/project-files.js";
import { judgeStaleness, type Staleness } from "../write/staleness.js";

/** What a job is run with. */
export interface JobRequest {
  /** Absolute path of the project root. */
  readonly root: string;
  readonly job: Job;
  /** Version of schemacast. */
  readonly generator: string;
  readonly force?: boolean;
  /** Write the good sources although others have errors. */
  readonly keepGoing?: boolean;
}

/** A look at the disk before anything is done. */
export interface JobState {
  readonly files: ProjectFiles;
  readonly outputs: ProjectFiles;
  readonly manifest: Manifest | undefined;
  readonly manifestBroken: boolean;
  readonly staleness: Staleness;
}

/** Reads manifest, inputs and outputs of a job and compares them. Loads nothing heavy: this is all that a no-op run does. */
export function readJobState(request: JobRequest): JobState {
  const { root, job } = request;
  const files = new ProjectFiles(root);
  const outputs = new ProjectFiles(join(root, job.outputFolder));
  const bytes = readBytes(join(root, job.outputFolder, manifestName));
  const manifest = bytes && parseManifest(bytes.toString("utf8"));
  const staleness = judgeStaleness({
    sources: findSources(root, job),
    manifest,
    generator: request.generator,
    settings: job.settingsHash,
    force: request.force === true,
    inputHash: (path) => files.hash(path),
    outputHash: (path) => outputs.hash(path),
    pending: () => [],
  });
  return { files, outputs, manifest, manifestBroken: bytes !== undefined && manifest === undefined, staleness };
}

/** The schema files of a job, relative to the root, in order of path. */
function findSources(root: string, job: Job): readonly string[] {
  return listFiles(join(root, job.inputFolder))
    .filter(isSource)
    .map((path) => `${job.inputFolder}/${path}`)
    .toSorted(byCodeUnit);
}

function isSource(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name.endsWith(".json")) return !/^(?:package(?:-lock)?|tsconfig(?:\..*)?)\.json$/.test(name) && !name.startsWith(".");
  return name.endsWith(".ts") && !name.endsWith(".d.ts");
}
