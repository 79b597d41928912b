import { expect, test } from "vitest";
import { readLenient } from "../../src/runtime/lenient/read-lenient.js";
import type { JsonObject } from "../../src/runtime/spec.js";

const object = (x: JsonObject): JsonObject => ({ type: "object", properties: { x }, required: ["x"] });
const text = object({ type: "string" });
const number = object({ type: "number" });
const choice = object({ type: "string", enum: ["HIGH", "LOW"] });
const size = 60_000;

function often(part: string): string {
  return part.repeat(size / part.length);
}

function keys(key: (at: number) => string): string {
  return Array.from({ length: size / 10 }, (_, at) => key(at)).join(",");
}

// Where each place is looked at from each other these take the time that a test has; else nearly none.
test.each<[string, string, JsonObject]>([
  ["a number and blanks", `{"x": "5${often(" ")}!!"}`, number],
  ["digits and blanks", `{"x": "${often("5 ")}!!"}`, number],
  ["numbers in prose", often("5 apples "), number],
  ["a choice named again and again", `{"x": "${often("HIGH ")}"}`, choice],
  ["choices that are denied", often("not HIGH "), choice],
  ["quotes around a choice", `{"x": "${often("'")}x"}`, choice],
  ["many keys that are not declared", `{"x": "a", ${keys((at) => `"k${at}": 1`)},}`, text],
  ["many keys in another case", `{${keys((at) => `X${at}: 1`)}}`, text],
  ["many entries of a map", `{${keys((at) => `k${at}: 1`)}}`, { type: "object", additionalProperties: { type: "number" } }],
  ["quotes that are not escaped", `{"x": "${often('x "y" ')}"}`, text],
  ["quotes and commas", `{"x": "${often('", y ')}"}`, text],
  ["brackets that open", often("[{"), text],
  ["brackets in pairs", often("{} "), text],
  ["tuples that do not end", `{x: ${often("(1,")}}`, text],
  ["fences", often("```\n"), text],
  ["thoughts", often("<think> {x </think> "), text],
  ["comments", `{"x": "a" ${often("/**/")}}`, text],
  ["brackets that close too early", often('{"x": {"y": 1}}, "z": '), text],
  ["lists that close too early", often('[1], {"x": 2}, '), text],
  ["strings in pieces", `{"x": ${often('"a" + ')}}`, text],
  ["strings in pieces on lines", `{"x": ${often('"a"\n')}"b" c"}`, text],
  ["blanks and breaks behind a quote", `{"x": "a"${often("\n ")}b"}`, text],
  ["arguments in tags", often("<parameter=x>a</parameter> "), text],
  ["arguments in tags that do not end", often("<parameter=x>a\n"), text],
  ["JSON that is escaped and broken", often('{\\n\\"x\\": "'), text],
  ["entities", often("{&quot;x&quot;: &quot;"), text],
  ["values beside each other", often('{"x": "a"} {"x": 1} '), text],
  ["bullets", often("- a\n"), { type: "array", items: { type: "string" } }],
  ["ellipses", `[${often("..., ")}]`, { type: "array", items: { type: "string" } }],
  ["keys that break", `{${often('"a\n')}}`, text],
  ["marks of quoted blocks", `{${often("\n> ")}}`, text],
  ["choices in one string", `{"x": "${often("HIGH, ")}"}`, object({ type: "array", items: { enum: ["HIGH", "LOW"] } })],
  ["tokens", `{"x": ${often("<|a|> ")}`, text],
  ["strings in strings", `{"x": ${JSON.stringify(often('"'))}}`, number],
])("the work is linear in the text: %s", (_, source, schema) => {
  for (const policy of ["safe", "lenient"] as const)
    for (const partial of [false, true]) expect(readLenient(source, { schema, policy, partial })).toHaveProperty("ok");
});
