import { describe, expect, test } from "vitest";
import { decode } from "../../src/runtime/decode.js";
import { Misfit } from "../../src/runtime/json/misfit.js";
import { JsonSyntaxError } from "../../src/runtime/json/json-syntax-error.js";
import type { Plan } from "../../src/runtime/spec.js";
import { anyPlan, cut, planOf, readPieces, snapshots } from "./read-pieces.js";

const user = planOf({ kind: "object", fields: { name: { node: { kind: "text" } }, age: { node: { kind: "atom" } } } });

test("a number never shows before it is complete", () => {
  expect(snapshots(user, cut('{"name":"Ivan","age":27}', 1))).toEqual([
    {},
    { name: "" },
    { name: "I" },
    { name: "Iv" },
    { name: "Iva" },
    { name: "Ivan" },
    { name: "Ivan", age: 27 },
  ]);
});

const good = [
  "null",
  " true ",
  "-0",
  "0.1",
  "123456789012345678901234567890",
  "-1.25e-7",
  "1E+2",
  "0.000000000000000000000001",
  "9007199254740993",
  "0.30000000000000004",
  '"\\u00e9\\n\\"\\\\\\/\\ud83d\\ude00 \\ud83d x"',
  '"\ud83d\ude00"',
  '"\ud83d"',
  "[]",
  "[ 1 , [ ] , { } ]",
  '{"a":{"b":[null,false,{"":0}]},"a":2,"__proto__":{"x":1},"constructor":3}',
  '\t{\r\n"a" :\n1 }\n',
];

describe("what JSON.parse accepts, at every split in two", () => {
  test.each(good)("%j", (text) => {
    const expected: unknown = JSON.parse(text);
    for (let at = 0; at <= text.length; at++) expect(readPieces(anyPlan, [text.slice(0, at), text.slice(at)])).toStrictEqual(expected);
    expect(readPieces(anyPlan, cut(text, 1))).toStrictEqual(expected);
  });
});

const bad = [
  "",
  " ",
  "{",
  "[1",
  "[1,]",
  "{,}",
  '{"a"}',
  '{"a":1,}',
  "01",
  "-",
  "1.",
  ".5",
  "1e",
  "+1",
  "tru",
  "nul1",
  '"a',
  '"\n"',
  '"\\x"',
  '"\\u12g4"',
  "1 2",
  "{}}",
  "\ufeff1",
  "NaN",
  "'a'",
  "[1}",
];

describe("what JSON.parse refuses", () => {
  test.each(bad)("%j", (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => readPieces(anyPlan, [text])).toThrow(JsonSyntaxError);
    expect(() => readPieces(anyPlan, cut(text, 1))).toThrow(JsonSyntaxError);
  });
});

function failure(text: string, size: number): JsonSyntaxError {
  try {
    readPieces(anyPlan, cut(text, size));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
  }
  throw new Error("accepted");
}

test.each([1, 2, 3, 100])("an error says where and what was expected, in pieces of %i", (size) => {
  expect(failure('{"a": 1 "b"}', size)).toMatchObject({ offset: 8, expected: "',' or '}'" });
  expect(failure("[1, 2", size)).toMatchObject({ offset: 5, expected: "',' or ']'" });
  expect(failure("[tru]", size)).toMatchObject({ offset: 4, expected: "true, false or null" });
  expect(failure('["\n"]', size)).toMatchObject({ offset: 2 });
});

// Found by `npm run fuzz`: what was shown of a list of entries can't be taken back when a key comes twice.
describe("undeclared members and maps, given oddly", () => {
  const open: Plan = { root: { kind: "object", fields: {}, extras: { key: "extras", value: { kind: "text" } } } };
  const map: Plan = { root: { kind: "entries", value: { kind: "text" } } };

  test("a member that has been shown is absent again if its key comes once more with null", () => {
    const absent = planOf({ kind: "object", fields: { a: { node: { kind: "text" }, nullIsAbsent: true } } });
    expect(snapshots(absent, cut('{"a":"x","a":null}', 1)).at(-1)).toEqual({});
  });

  test("what is no list adds no members", () => {
    // Found by fuzzing: what such a list has set is taken back, and what stood there before is there again.
    const shaded = '{"a":null,"__proto__":1,"extras":[{"key":"a","value":"v"},{"key":"a","value":"w"},{"key":"__proto__","value":"v"},{}]}';
    const read = decode(open, JSON.parse(shaded));
    expect([readPieces(open, cut(shaded, 1)), snapshots(open, cut(shaded, 1)).at(-1)]).toEqual([read, read]);
    for (const text of ['{"extras":1}', '{"extras":"x"}', '{"extras":null}']) expect(readPieces(open, cut(text, 1))).toEqual({});
  });

  test("an entry whose key comes twice, and a second list, are refused", () => {
    for (const text of [
      '{"extras":[{"key":"k","value":"v"}],"extras":{}}',
      '{"extras":[{"key":"k","value":"v","value":"w","key":"j"}]}',
      '{"extras":[{"key":"k","value":"v"}],"extras":[]}',
      '{"extras":1,"extras":[{"key":"k","value":"v"}]}',
    ])
      expect(() => readPieces(open, cut(text, 1))).toThrow(Misfit);
    expect(() => readPieces(map, cut('[{"key":"k","value":"v","key":"j"}]', 1))).toThrow(Misfit);
  });
});

describe("keys that the schema lets expect are held to the grammar like others", () => {
  const text = '{"name":"Ivan","age":27}';
  test("a character too few, too many or another one, anywhere", () => {
    for (let at = 0; at <= text.length; at++) {
      const [before, after] = [text.slice(0, at), text.slice(at)];
      const damaged = ["", " ", ",", ":", '"', "{", "}", "[", "]", "\\", "a", "0", "\0", "\ud800"].flatMap((unit) => [
        before + unit + after,
        before + unit + after.slice(1),
      ]);
      for (const each of damaged)
        for (const size of [1, 2, 3, each.length || 1])
          expect(readUser(each, size), `${each}, pieces of ${size}`).toEqual(decodeUser(each));
    }
  });

  test.each([
    ['{"name":"Ivan"', "',' or '}'"],
    ['{"name":"Ivan",', "a key in double quotes"],
    ['{"name":"Ivan","ag', "'\"'"],
    ['{"name":"Ivan","age"', "':'"],
    ['{"name":"Ivan","age":', "a value"],
    ['{"name":"Ivan";', "',' or '}'"],
    ['{"name":"Ivan",;', "a key in double quotes"],
    ['{"name":"Ivan","age";', "':'"],
  ])("%s: what is expected is told", (damaged, expected) => {
    for (const size of [1, 4, damaged.length]) expect(() => readPieces(user, cut(damaged, size))).toThrow(`expected ${expected}`);
  });
});

function readUser(damaged: string, size: number): unknown {
  try {
    return readPieces(user, cut(damaged, size));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.name;
    throw error;
  }
}

function decodeUser(damaged: string): unknown {
  try {
    return decode(user, JSON.parse(damaged));
  } catch {
    return "JsonSyntaxError";
  }
}
