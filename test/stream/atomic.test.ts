import { expect, test } from "vitest";
import { decode } from "../../src/runtime/decode.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { lower } from "../../src/lower/lower.js";
import { documentOf } from "../lower/document-of.js";
import { cut, snapshots } from "./read-pieces.js";

const place = {
  "x-stream": "atomic",
  type: "object",
  properties: { lat: { type: "number" }, names: { type: "object", additionalProperties: { type: "string" } } },
  required: ["lat", "names"],
  additionalProperties: false,
};
const schema = {
  type: "object",
  properties: {
    place,
    note: { type: "string", "x-stream": "atomic" },
    others: { type: "array", items: { $ref: "#/$defs/place" } },
    either: { anyOf: [place, { type: "string" }] },
  },
  required: ["place", "note", "others", "either"],
  additionalProperties: false,
  $defs: { place },
};

test("what is marked atomic is whole or absent, decoded like all else", () => {
  const names = [{ key: "en", value: "Ockham" }];
  const here = { lat: 51.3, names };
  const wire = { place: here, note: "a longer text", others: [here, here], either: here };
  const { plan } = lower(documentOf(schema), { profile: cerebras });
  const whole = decode(plan, wire);
  const decoded = { lat: 51.3, names: { en: "Ockham" } };
  expect(whole).toEqual({ place: decoded, note: "a longer text", others: [decoded, decoded], either: decoded });
  for (const live of [false, true])
    for (const size of [1, 3, 7]) {
      const seen = snapshots(plan, cut(JSON.stringify(wire), size), { live }).map((snapshot) => JSON.stringify(snapshot));
      expect(seen.at(-1)).toBe(JSON.stringify(whole));
      for (const snapshot of seen) {
        const part = JSON.parse(snapshot) as Partial<Record<"place" | "note" | "others" | "either", unknown>>;
        if ("place" in part) expect(part.place).toEqual(decoded);
        if ("note" in part) expect(part.note).toBe("a longer text");
        for (const one of (part.others ?? []) as unknown[]) expect(one).toEqual(decoded);
        if ("either" in part) expect(part.either).toEqual(decoded);
      }
    }
});
