import { ExtractionError } from "../errors/extraction-error.js";
import { Misfit } from "../json/misfit.js";
import { LAG } from "./consumer.js";
import { StreamIterator } from "./stream-iterator.js";

/** Items that may wait for their reader before the stream waits too. */
const WAITING = 64;

/** An iterator whose past can't be taken back: once something was handed out, a new answer ends it. */
abstract class OnceIterator<T> extends StreamIterator<T> {
  protected given = 0;
  protected pushed = 0;

  restart(kept: number, cause?: Error): void {
    if (kept > 0 && kept === this.pushed) return;
    this.drop();
    this.pushed = 0;
    if (this.given === 0 || !this.open) return;
    this.close({
      error: new ExtractionError("The answer was no good after a part of it had been handed out; the new answer may differ.", { cause }),
    });
    this.call.leave(this);
  }
}

/** Hands out items, each once. */
export class ItemQueue<T> extends OnceIterator<T> {
  #items: T[] = [];
  #at = 0;
  /** Where the last element stands: its list and its index there. */
  #list = "";
  #index = -1;

  push(item: T): void {
    if (!this.open) return;
    this.#items.push(item);
    this.pushed++;
  }

  /**
   * An element and where it stands.
   *
   * @throws {Misfit} when its list has begun before: of equal keys the last wins, and what was handed out of the first can't be taken back
   */
  pushAt(item: T, path: readonly (string | number)[]): void {
    const list = JSON.stringify(path.slice(0, -1));
    const index = Number(path.at(-1));
    if (this.open && list === this.#list && index <= this.#index) throw new Misfit("the list is given twice", path.slice(0, -1));
    this.#list = list;
    this.#index = index;
    this.push(item);
  }

  override restart(kept: number, cause?: Error): void {
    this.#list = "";
    this.#index = -1;
    super.restart(kept, cause);
  }

  protected has(): boolean {
    return this.#at < this.#items.length;
  }

  protected take(): T {
    this.given++;
    // In range, and all that is in range is a T.
    const item = this.#items[this.#at++] as T;
    if (this.#at === this.#items.length) this.drop();
    return item;
  }

  protected behind(): boolean {
    return this.#items.length - this.#at >= WAITING;
  }

  protected drop(): void {
    this.#items = [];
    this.#at = 0;
  }
}

/** Hands out what a string has grown by since the last pull. */
export class TextQueue extends OnceIterator<string> {
  #text = "";

  push(text: string): void {
    this.pushed += text.length;
    if (this.open) this.#text += text;
  }

  /** What the string is by now; a part of it may have been pushed. */
  grow(text: unknown): void {
    if (typeof text === "string") this.push(text.slice(this.pushed));
  }

  protected has(): boolean {
    return this.#text !== "";
  }

  protected take(): string {
    this.given++;
    const text = this.#text;
    this.#text = "";
    return text;
  }

  protected behind(): boolean {
    return this.#text.length >= LAG;
  }

  protected drop(): void {
    this.#text = "";
  }
}
