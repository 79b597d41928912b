/** One run of the generator: which files become extractors, and where they go. Paths are relative to the root, with `/`. */
export interface Job {
  /** Folder the sources live in; outputs keep their path below it. */
  readonly inputFolder: string;
  readonly outputFolder: string;
  /** Fingerprint of every setting that shapes the output; part of what an output is made from. */
  readonly settingsHash: string;
}

/** What runs where nothing is configured. */
export const defaultJob: Job = { inputFolder: "schemas", outputFolder: "generated", settingsHash: "" };
