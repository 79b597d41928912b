import { createParser } from "eventsource-parser";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { EventReader } from "../../src/runtime/call/event-reader.js";
import { Fault } from "../../src/runtime/call/fault.js";

const numRuns = process.env["TEST_HARDER"] === "1" ? 200_000 : 5000;

/** What event streams are made of, and what is mistaken for it. */
const scrap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("\n", "\r", "\r\n", "\n\n", "\r\n\r\n") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "data:",
      "data: ",
      "data",
      "data :",
      "datas:",
      "Data: ",
      " data: ",
      "data:  x",
      "data: [DONE]",
      'data: {"a":1}',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(":", ": ping", "event: x", "event", "id: 1", "id: \0", "retry: 9", "retry: soon", "other: y", "\0"),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
);

const streams = fc.record({
  bytes: fc.oneof(
    { weight: 5, arbitrary: fc.array(scrap, { maxLength: 40 }).map((scraps) => Buffer.from(scraps.join(""))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  ),
  isMarked: fc.boolean(),
  sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }),
});

test("any bytes in any pieces: the events of eventsource-parser, and of the text in one piece", () => {
  fc.assert(
    fc.property(streams, ({ bytes, isMarked, sizes }) => {
      // One byte order mark is the decoder's; our oracle would take a second one for the first.
      const body = startsWithMark(bytes) ? bytes.subarray(3) : bytes;
      const marked = Buffer.concat([isMarked ? Buffer.from("\ufeff") : Buffer.alloc(0), body, Buffer.from("\n:end\n")]);
      fc.pre(!startsWithMark(body));
      const expected: string[] = [];
      const oracle = createParser({ onEvent: ({ data }) => void expected.push(data) });
      oracle.feed(new TextDecoder().decode(marked));
      expect(eventsOf(marked, sizes)).toEqual(expected);
      expect(eventsOf(marked, [marked.length])).toEqual(expected);
    }),
    { numRuns },
  );
});

test("an event is told in the piece that ends it, whatever ends its lines", () => {
  for (const end of ["\n", "\r", "\r\n"]) {
    const reader = new EventReader();
    expect(reader.read(`data: a${end}data: b${end}`)).toEqual([]);
    expect(reader.read(end)).toEqual(["a\nb"]);
    expect(reader.read(`data: c${end}${end}data: d${end}${end}data`)).toEqual(["c", "d"]);
  }
});

test("a line that comes in many pieces is looked at once", () => {
  const reader = new EventReader();
  const piece = "x".repeat(16);
  const started = performance.now();
  reader.read("data: ");
  for (let at = 0; at < 500_000; at++) reader.read(piece);
  expect(reader.read("\n\n")[0]).toHaveLength(8_000_000);
  // Quadratic work would take minutes.
  expect(performance.now() - started).toBeLessThan(5000);
});

test("an event without end is refused before it takes all memory", () => {
  const reader = new EventReader();
  const piece = "x".repeat(2 ** 20);
  const read = (text: string): void => {
    for (let at = 0; at < 70; at++) reader.read(text);
  };
  expect(() => read(piece)).toThrow(Fault);
  const inLines = new EventReader();
  expect(() => {
    for (let at = 0; at < 70; at++) inLines.read(`data: ${piece}\n`);
  }).toThrow(Fault);
});

function eventsOf(bytes: Uint8Array, sizes: readonly number[]): readonly string[] {
  const reader = new EventReader();
  const decoder = new TextDecoder();
  const events: string[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    events.push(...reader.read(decoder.decode(bytes.subarray(at, at + size), { stream: true })));
    at += size;
  }
  return events;
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
