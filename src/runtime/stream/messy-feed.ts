import { Fault } from "../call/fault.js";
import type { Repair } from "../options.js";
import type { LenientReading } from "../spec.js";

/** Reads a text from its beginning; `partial` while it still arrives. */
export type ReadText = (text: string, partial: boolean) => LenientReading;

/** Turns messy text, while it arrives, into the beginning of the JSON it means, which a scanner can go on reading. */
export class MessyFeed {
  #text: string;
  /** What was given of it. */
  json = "";
  /** Length of the text at which it is read again. Each reading starts anew, so the pauses grow with the text: the sum stays linear. */
  #next = 0;
  readonly #read: ReadText;

  constructor(text: string, read: ReadText) {
    this.#text = text;
    this.#read = read;
  }

  /** @returns what the new text adds to the JSON; `""` where that is not certain yet */
  write(text: string): string {
    this.#text += text;
    if (this.#text.length < this.#next) return "";
    this.#next = this.#text.length * 1.1 + 8;
    const reading = this.#read(this.#text, true);
    // What closes a value at the end may yet move.
    const json = reading.ok ? (JSON.stringify(reading.value) ?? "").replace(/["}\]]+$/, "") : "";
    if (!json.startsWith(this.json)) return "";
    const added = json.slice(this.json.length);
    this.json = json;
    return added;
  }

  /**
   * The whole text's JSON, and its part that `write` has not given; without `rest`, what it gave was not how it went on.
   *
   * @throws {Fault} `unreadable`
   */
  end(): { readonly json: string; readonly rest?: string; readonly repairs: readonly Repair[] } {
    const reading = this.#read(this.#text, false);
    if (!reading.ok) throw new Fault("unreadable", { cause: reading.problem, path: reading.path });
    const json = JSON.stringify(reading.value);
    const { repairs } = reading;
    const { json: given } = this;
    this.json = json;
    return json.startsWith(given) ? { json, rest: json.slice(given.length), repairs } : { json, repairs };
  }
}
