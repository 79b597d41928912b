import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLenient } from "../../src/runtime/lenient.js";
import type { JsonObject, LenientReading } from "../../src/runtime/spec.js";

const string = { type: "string" };
const integer = { type: "integer" };
const user: JsonObject = {
  type: "object",
  properties: { name: string, age: integer },
  required: ["name", "age"],
  additionalProperties: false,
};
const ada = { name: "Ada", age: 36 };

const safe = (text: string, schema: JsonObject = user): LenientReading => readLenient(text, { schema, policy: "safe" });
const lenient = (text: string, schema: JsonObject = user): LenientReading => readLenient(text, { schema, policy: "lenient" });

/** An object with the one property x. */
const place = (schema: JsonObject): JsonObject => ({ type: "object", properties: { x: schema }, required: ["x"] });

/** The value, and the kinds of repairs in order without repetition. */
function outcome(reading: LenientReading): unknown {
  return reading.ok ? [reading.value, ...new Set(reading.repairs.map(({ kind }) => kind))] : reading.problem;
}

describe("safe: the text holds one value, and nothing is lost on the way to it", () => {
  test.each<[string, string, string[]]>([
    ["JSON", '{"name":"Ada","age":36}', []],
    ["a fence", 'Sure!\n```json\n{"name":"Ada","age":36}\n```\nAnything else?', ["surrounding-text"]],
    ["prose before and after", 'The user is {"name":"Ada","age":36}, as asked.', ["surrounding-text"]],
    ["a thought before", '<think>Maybe {"name":"Bo","age":1}?</think>{"name":"Ada","age":36}', ["surrounding-text"]],
    ["a thought without its beginning", 'Maybe {"name":"Bo","age":1}?</think>\n{"name":"Ada","age":36}', ["surrounding-text"]],
    ["braces in prose", 'With {placeholder} and [sic] the answer is\n{"name":"Ada","age":36}', ["surrounding-text"]],
    ["comments", '{"name":"Ada", // her name\n"age":36 /* years */}', ["comment"]],
    ["comments as in Python", '{ # a user\n"name":"Ada", # her name\n"age":36 #\n}', ["comment"]],
    ["a fence of tildes", '~~~json\n{"name":"Ada","age":36}\n~~~', ["surrounding-text"]],
    ["a fence of tildes around an end that is missing", '~~~\n{"age":36,"name":"Ada"\n~~~', ["surrounding-text", "unclosed"]],
    ["a tag around it, and an end that is missing", '<answer>\n{"age":36,"name":"Ada"\n</answer>', ["surrounding-text", "unclosed"]],
    ["a trailing comma", '{"name":"Ada","age":36,}', ["trailing-comma"]],
    ["single quotes", "{'name':'Ada','age':36}", ["quotes"]],
    ["typographic quotes", "{“name”: “Ada”, “age”: 36}", ["quotes"]],
    ["bare keys", '{name:"Ada",age:36}', ["unquoted-key"]],
    ["bare words", "{name: Ada, age: 36}", ["unquoted-key", "unquoted-string"]],
    ["missing commas", '{"name":"Ada"\n"age":36}', ["missing-comma"]],
    ["an end that is missing", '{"name":"Ada","age":36', ["unclosed"]],
    ["an end that is missing, and prose", '{"name":"Ada","age":36,\n\nThat is all', ["surrounding-text", "unclosed"]],
    ["JSON in a string", JSON.stringify('{"name":"Ada","age":36}'), ["double-encoded"]],
    ["a list of one", '[{"name":"Ada","age":36}]', ["unwrap"]],
    ["a number in quotes", '{"name":"Ada","age":"36"}', ["to-number"]],
    ["keys in another case, with space", '{"Name":"Ada"," age ":36}', ["key"]],
    ["the same value twice", '{"name":"Ada","age":36} I repeat: {"name":"Ada","age":36}', ["surrounding-text"]],
    ["a byte order mark", '\uFEFF{"name":"Ada","age":36}', []],
  ])("%s", (_, text, kinds) => {
    expect(outcome(safe(text))).toEqual([ada, ...kinds]);
  });

  const note: JsonObject = { type: "object", properties: { text: string }, required: ["text"], additionalProperties: false };
  test.each<[string, string, string]>([
    ["quotes that are not escaped", '{"text": "he said "hi", and left"}', 'he said "hi", and left'],
    ["line breaks", '{"text": "one\ntwo\n\nthree"}', "one\ntwo\n\nthree"],
    ["backticks", '{"text": `print("x")`}', 'print("x")'],
    ["escapes that JSON does not have", String.raw`{"text": "\d+ isn\'t"}`, String.raw`\d+ isn't`],
    ["digits as they were written", '{"text": 1.50}', "1.50"],
    ["an object as its source", '{"text": {a: 1, b: [2]}}', "{a: 1, b: [2]}"],
    ["JSON that is meant as text", '{"text": "{\\"a\\": [1]}"}', '{"a": [1]}'],
    ["the end of a thought, quoted", '{"text": "as in </think>, see?"}', "as in </think>, see?"],
    ["a colour", "{text: #fff}", "#fff"],
    ["a fence within the text", '{"text": "```json\\n{}\\n```"}', "```json\n{}\n```"],
    ["brackets and commas in bare words", "{text: f(a: number, b: string): void\n}", "f(a: number, b: string): void"],
    ["an address", "{text: http://example.com/a//b}", "http://example.com/a//b"],
  ])("strings: %s", (_, raw, value) => {
    const reading = safe(raw, note);
    expect(reading).toMatchObject({ ok: true, value: { text: value } });
  });

  test.each<[string, JsonObject, string, unknown]>([
    ["an enum in another case", { type: "string", enum: ["RED", "GREEN"] }, '{"x":"Green"}', "GREEN"],
    ["an enum of digits", { type: "string", enum: ["1040", "9325"] }, '{"x":1040}', "1040"],
    ["thousands", { type: "number" }, '{"x":-2,000.50}', -2000.5],
    ["a boolean in quotes", { type: "boolean" }, '{"x":"True"}', true],
    ["Python's words", { anyOf: [{ type: "boolean" }, { type: "null" }] }, "{'x': None}", null],
    ["one item instead of a list", { type: "array", items: string }, '{"x":"a"}', ["a"]],
    ["the branch that fits", { anyOf: [integer, { type: "array", items: integer }] }, '{"x":["1","2"]}', [1, 2]],
    ["null stays null where it may", { anyOf: [string, { type: "null" }] }, '{"x":null}', null],
    ["anything", {}, "{x: {a: [True, 'b']}}", { a: [true, "b"] }],
    ["a map", { type: "object", additionalProperties: integer }, "{x: {5: 1, 'b c': '2'}}", { "5": 1, "b c": 2 }],
  ])("%s", (_, schema, raw, value) => {
    const reading = safe(raw, place(schema));
    expect(reading).toMatchObject({ ok: true });
    if (reading.ok) expect(reading.value).toEqual({ x: value });
  });

  test("recursion", () => {
    const node = { anyOf: [{ $ref: "#/$defs/Node" }, { type: "null" }] };
    const schema = {
      $ref: "#/$defs/Node",
      $defs: { Node: { type: "object", properties: { v: integer, next: node }, required: ["v", "next"] } },
    };
    expect(safe("{v: 1, next: {v: '2', next: null}}", schema)).toMatchObject({ ok: true, value: { v: 1, next: { v: 2, next: null } } });
  });

  test("a repair says where, what it was, what it is, and where that stood", () => {
    const raw = '{"name":"Ada","age":"36"}';
    const reading = safe(raw);
    expect(reading.ok && reading.repairs).toEqual([
      { path: ["age"], kind: "to-number", severity: "safe", from: "36", to: "36", span: [raw.indexOf('"36"'), raw.indexOf('"36"') + 4] },
    ]);
  });
});

describe("never", () => {
  test("takes a number for null because no double holds it", () => {
    for (const schema of [{}, { type: "number" }, { anyOf: [{ type: "number" }, { type: "null" }] }])
      for (const raw of ["{x: 1e400}", '{"x": -1e400,}']) expect(lenient(raw, place(schema)).ok).toBe(false);
  });

  test.each<[string, string]>([
    ["chooses between two values", '{"name":"Ada","age":36} or {"name":"Bo","age":7}'],
    ["chooses between two fences", '```json\n{"name":"Ada","age":36}\n```\nor\n```json\n{"name":"Bo","age":7}\n```'],
    ["takes a draft from a thought", '<think>{"name":"Ada","age":36}</think>I can\'t say.'],
    ["takes a draft from a thought that does not end", '<think>{"name":"Ada","age":36}'],
    ["rounds", '{"name":"Ada","age":36.6}'],
    ["invents a value", '{"name":"Ada"}'],
    ["makes text of null", '{"name":null,"age":36}'],
    ["reads prose as an object", "I could not find a user."],
  ])("%s, under no policy", (_, text) => {
    expect(safe(text).ok).toBe(false);
    expect(lenient(text).ok).toBe(false);
  });

  test("takes what stands behind a quote for text of a string that never ends, unless it may guess", () => {
    const text = '{"age":36,"name":"Ada" and that is all';
    expect(safe(text).ok).toBe(false);
    const reading = lenient(text);
    expect(reading.ok && reading.repairs.map(({ kind, severity }) => `${severity} ${kind}`)).toContain("lenient unescaped-quote");
  });

  test("drops an item that does not fit", () => {
    const list = { type: "object", properties: { items: { type: "array", items: integer } }, required: ["items"] };
    expect(lenient('{"items":[1,"two",3]}', list)).toEqual({ ok: false, problem: 'expected integer, found "two"', path: ["items", 1] });
  });

  test("drops a key in silence", () => {
    const text = '{"name":"Ada","age":36,"city":"London"}';
    expect(safe(text)).toMatchObject({ ok: true, value: { ...ada, city: "London" } });
    const two = readLenient(text, { schema: user, policy: "lenient", accept: (value) => Object.keys(value as object).length === 2 });
    expect(two).toMatchObject({ ok: true, value: ada, repairs: [{ kind: "undeclared-key", severity: "lenient", from: "city" }] });
  });
});

describe("lenient: what is guessed is recorded as a guess", () => {
  const color = { type: "string", enum: ["RED", "DARK_GREEN"] };
  test.each<[string, JsonObject, string, unknown]>([
    ["a choice named in a sentence", color, "I would say **dark green**.", "DARK_GREEN"],
    ["accents and punctuation", { enum: ["café_bar"] }, "Cafe Bar", "café_bar"],
    ["a truth value named in a sentence", { type: "boolean" }, "The answer is: True.", true],
    ["the only number", { type: "number" }, "It costs 1,250.50 in all", 1250.5],
    ["a unit", { type: "object", properties: { x: integer }, required: ["x"] }, '{"x":"30 days"}', { x: 30 }],
    [
      "several objects for a list",
      { type: "array", items: user },
      'First {"name":"Ada","age":36}, then {"name":"Bo","age":7}',
      [ada, { name: "Bo", age: 7 }],
    ],
    ["a key without its value", { type: "object", properties: { a: string } }, '{"a": "x", "b":', { a: "x" }],
  ])("%s", (_, schema, text, value) => {
    const reading = lenient(text, schema);
    expect(reading).toMatchObject({ ok: true });
    if (!reading.ok) return;
    expect(reading.value).toEqual(value);
    expect(reading.repairs.some(({ severity }) => severity === "lenient")).toBe(true);
    expect(safe(text, schema).ok).toBe(false);
  });

  test("two choices named are none", () => {
    expect(lenient("RED, not DARK_GREEN", color).ok).toBe(false);
  });
});

/** An object as the lowering writes it. */
const closed = (properties: Record<string, unknown>): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

describe("what the lowering has changed, and the model did not heed", () => {
  const map = closed({ scores: { type: "array", items: closed({ key: string, value: integer }) } });

  test("a map may be written as an object, as entries, or as one entry", () => {
    const value = { scores: [{ key: "a", value: 1 }] };
    expect(safe('{"scores":{"a":"1"}}', map)).toMatchObject({ ok: true, value });
    expect(safe('{"scores":[{"key":"a","value":1}]}', map)).toMatchObject({ ok: true, value });
    expect(safe('{"scores":{"key":"a","value":1}}', map)).toMatchObject({ ok: true, value });
  });

  test("a wrapped list may come without its wrapper, a wrapped text as it is", () => {
    expect(safe("[1, 2,]", closed({ value: { type: "array", items: integer } }))).toMatchObject({ ok: true, value: { value: [1, 2] } });
    const text = closed({ value: string });
    const read = (raw: string, wrapped = false): LenientReading => readLenient(raw, { schema: text, policy: "safe", wrapped });
    expect(read("Just {a} text", true)).toMatchObject({ ok: true, value: { value: "Just {a} text" } });
    expect(read('{"value": "said"}', true)).toMatchObject({ ok: true, value: { value: "said" } });
    // Nobody wrapped this one: it is an object with a text in it.
    expect(read("I could not find it.").ok).toBe(false);
  });

  test("nothing that stands beside a wrapped value is lost in silence", () => {
    expect(safe('{"value": [1], "note": "two more"}', closed({ value: { type: "array", items: integer } })).ok).toBe(false);
  });
});

describe("strict", () => {
  test("is JSON or nothing, and leaves the value as it is", () => {
    expect(readLenient('{"name":"Ada","age":"36"}', { schema: user, policy: "strict" })).toEqual({
      ok: true,
      value: { name: "Ada", age: "36" },
      repairs: [],
    });
    expect(readLenient("{name: 1}", { schema: user, policy: "strict" })).toMatchObject({ ok: false });
  });
});

describe("for any text", () => {
  const anything: JsonObject = {};

  test("JSON is read as JSON.parse reads it, without a repair", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())),
        fc.constantFrom(undefined, 2),
        (value, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          expect(safe(text, anything)).toEqual({ ok: true, value: JSON.parse(text) as unknown, repairs: [] });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("it never throws, and a partial text neither", () => {
    const bits = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "`",
      "```",
      '"""',
      "<parameter=name>",
      "</parameter>",
      "<arg_key>age</arg_key><arg_value>",
      "<|end|>",
      " + ",
      "...",
      "\\n",
      "&quot;",
      "\n- ",
      '}, "age": ',
      ":",
      ",",
      "\\",
      "\\u00",
      "//",
      "/*",
      "<think>",
      "</think>",
      "\n",
      " ",
      "name",
      "age",
      "36",
      "null",
      "é",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ maxLength: 3 })), { maxLength: 40 }), fc.boolean(), (parts, isPartial) => {
        const reading = readLenient(parts.join(""), { schema: user, policy: "lenient", partial: isPartial });
        expect(typeof reading.ok).toBe("boolean");
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["open brackets", "[".repeat(20_000)],
    ["open braces", '{"a":'.repeat(20_000)],
    ["quotes", `{"a": "${'x" '.repeat(20_000)}`],
    ["fences", "```json\n".repeat(5_000)],
    ["thoughts", "<think>".repeat(5_000)],
    ["backslashes", `{"a": "${"\\".repeat(40_000)}`],
    ["comments", `{"a": "${'" /* '.repeat(5_000)}`],
    ["spaces", `{"a": "x"${" ".repeat(50_000)}`],
    ["bare words", `{a: ${"word, ".repeat(20_000)}`],
  ])("hostile %s take less than a second", (_, text) => {
    const start = performance.now();
    readLenient(text, { schema: user, policy: "lenient" });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("keys called __proto__ are keys", () => {
    const reading = safe('{"__proto__": {"a": 1}, "constructor": 2}', anything);
    expect(reading.ok && JSON.stringify(reading.value)).toBe('{"__proto__":{"a":1},"constructor":2}');
  });
});
