import { expect, test } from "vitest";
import { FingerprintMap } from "../../src/cli/batch/fingerprint-map.js";
import { longestLine, readLines } from "../../src/cli/batch/read-lines.js";

test("lines are found however the text is cut; one that is too long is told", async () => {
  const text = Buffer.from("\uFEFFfirst é\r\n\nthird 😀\nlast");
  for (let size = 1; size <= text.length; size += 1) {
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
    };
    const seen: string[] = [];
    for await (const line of readLines(chunks())) seen.push(`${line.number} ${line.text} ${line.ended} ${line.offset}`);
    expect(seen).toEqual(["1 first é true 13", "2  true 14", `3 third 😀 true 25`, "4 last false 29"]);
  }
  const seen: unknown[] = [];
  for await (const {
    number,
    tooLong,
    text: { length },
  } of readLines(longLine()))
    seen.push([number, tooLong, length]);
  expect(seen).toEqual([
    [1, true, longestLine],
    [2, false, 4],
  ]);
});

test("a map of fingerprints is a map", () => {
  const map = new FingerprintMap();
  const oracle = new Map<string, number>();
  for (let index = 0; index < 20_000; index += 1) {
    const key = `key ${(index * 7919) % 12_000}`;
    map.set(key, index);
    oracle.set(key, index);
  }
  expect(map.size).toBe(oracle.size);
  for (const [key, value] of oracle) expect(map.get(key)).toBe(value);
  expect(map.get("another")).toBeUndefined();
});

async function* longLine(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at <= longestLine; at += 1 << 20) yield Buffer.alloc(1 << 20, "a");
  yield Buffer.from("\nnext\n");
}
