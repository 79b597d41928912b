import { LAG } from "./consumer.js";
import { StreamIterator } from "./stream-iterator.js";

/** Pulls snapshots: each is made when it is asked for, so what arrives together is shown together. */
export class SnapshotIterator<P> extends StreamIterator<P> {
  #seen = 0;
  #pulledAt = 0;
  #left = false;

  protected has(): boolean {
    const { scanner } = this.call;
    return !this.#left && (scanner.dirty || scanner.version !== this.#seen);
  }

  protected take(): P {
    const { scanner } = this.call;
    const value = this.call.filled(scanner.snapshot());
    this.#seen = scanner.version;
    this.#pulledAt = scanner.offset;
    // What the scanner builds by the plan is the handler's partial type.
    return value as P;
  }

  protected behind(): boolean {
    const { scanner } = this.call;
    return this.has() && scanner.offset - this.#pulledAt > LAG;
  }

  protected drop(): void {
    this.#left = true;
  }

  restart(): void {
    this.#seen = this.#pulledAt = 0;
  }
}
