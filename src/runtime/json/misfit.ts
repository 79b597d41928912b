/** What has come is JSON, but can't be what was asked for. Not an ExtractionError by itself: the call makes an InvalidOutputError of it, with the text. */
export class Misfit extends Error {
  /** Where it stands in the value, as far as that is known. */
  readonly path: readonly (string | number)[];
  /** Of an item of a list: itself. */
  readonly value: unknown;

  constructor(message: string, path: readonly (string | number)[] = [], value?: unknown) {
    super(message);
    this.path = path;
    this.value = value;
  }
}
