import { Fault } from "./fault.js";

/** UTF-16 units that one event may have, or a whole body: four times what the longest string of an answer may have by default. */
export const longest: number = 2 ** 26;

/**
 * Finds the data of server-sent events in text that is cut anywhere, by the grammar of
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream. Event names, ids, reconnection times and
 * comments are passed over: no answer is told by them. The byte order mark is the decoder's to remove.
 */
export class EventReader {
  /** The line whose end has not come yet. */
  #line = "";
  /** Data of the event whose end has not come yet. */
  #data: string | undefined;
  /** A line feed that comes next belongs to the carriage return before it. */
  #returned = false;

  /** @returns the data of the events that end in this piece @throws {Fault} `protocol`, for an event without end */
  read(piece: string): readonly string[] {
    let text = this.#returned && piece.startsWith("\n") ? piece.slice(1) : piece;
    if (piece !== "") this.#returned = piece.endsWith("\r");
    if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
    const events: string[] = [];
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      const data = this.#endLine(text.slice(from, end));
      if (data !== undefined) events.push(data);
      from = end + 1;
    }
    this.#line += text.slice(from);
    if (this.#line.length + (this.#data?.length ?? 0) > longest) throw new Fault("protocol", { most: longest });
    return events;
  }

  /** @returns the data of the event that ends with the line */
  #endLine(end: string): string | undefined {
    const line = this.#line === "" ? end : this.#line + end;
    const data = this.#data;
    this.#line = "";
    if (line === "") {
      this.#data = undefined;
      return data;
    }
    if (line.startsWith("data:") || line === "data") {
      const value = line.slice(line[5] === " " ? 6 : 5);
      this.#data = data === undefined ? value : `${data}\n${value}`;
    }
    return undefined;
  }
}
