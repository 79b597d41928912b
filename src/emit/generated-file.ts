/** One file of output, before it meets the disk. */
export interface GeneratedFile {
  /** Relative to the output folder, with `/`: `user.ts`. */
  readonly path: string;
  readonly text: string;
}
