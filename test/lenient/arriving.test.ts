import { describe, expect, test } from "vitest";
import { readLenient } from "../../src/runtime/lenient.js";
import type { JsonObject, LenientReading } from "../../src/runtime/spec.js";

const user: JsonObject = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};

const safe = (text: string): LenientReading => readLenient(text, { schema: user, policy: "safe" });
const partial = (text: string, schema: JsonObject = user): LenientReading => readLenient(text, { schema, policy: "safe", partial: true });

describe("while the text arrives", () => {
  test("strings grow, numbers and choices wait for their end", () => {
    expect(partial('```json\n{"name":"Ad')).toMatchObject({
      value: { name: "Ad" },
      repairs: [{ kind: "surrounding-text" }, { kind: "unclosed" }],
    });
    expect(partial('{"name":"Ada","age":3')).toMatchObject({ value: { name: "Ada" } });
    const choice = { type: "object", properties: { c: { enum: ["a", "ab"] } } };
    expect(partial('{"c":"a', choice)).toMatchObject({ value: {} });
    expect(partial('{"c":"a"', choice)).toMatchObject({ value: { c: "a" } });
  });

  test.each([
    ["the arguments of a tool call", '<tool_call>{"name": "f", "arguments": {"name": "Ad', { name: "Ad" }],
    ["arguments in tags", "<tool_call><function=f><parameter=name>Ad", { name: "Ad" }],
    ["arguments in tags of GLM", "<tool_call>f\n<arg_key>name</arg_key>\n<arg_value>Ad", { name: "Ad" }],
    ["what stands under a key that says nothing", '{"result": {"name": "Ad', { name: "Ad" }],
    ["a string in pieces", '{"name": "A" +\n  "d', { name: "Ad" }],
    ["a string whose next piece has not begun", '{"name": "A" +', { name: "A" }],
    ["what is behind the analysis of gpt-oss", 'analysisMaybe {"name": "Bo"}.assistantfinal{"name": "Ad', { name: "Ad" }],
  ])("%s is shown", (_, text, value) => {
    expect(partial(text)).toMatchObject({ ok: true, value });
  });

  test("no value is shown that the whole text takes back", () => {
    const whole = "Here: {'name': 'Ada \"the\" L', age: '36', }";
    const end = safe(whole);
    for (let length = 0; length <= whole.length; length++) {
      const reading = partial(whole.slice(0, length));
      if (!reading.ok || !end.ok) continue;
      const value = reading.value as { name?: string; age?: number };
      if (value.age !== undefined) expect(value.age).toBe(36);
      if (value.name !== undefined) expect('Ada "the" L'.startsWith(value.name)).toBe(true);
    }
  });
});
