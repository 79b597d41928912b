import { describe, expect, test } from "vitest";
import { readLenient } from "../../src/runtime/lenient.js";
import type { JsonObject, LenientReading } from "../../src/runtime/spec.js";

const user: JsonObject = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const optional: JsonObject = { ...user, required: ["name"] };
const ada = { name: "Ada", age: 36 };

function accept(value: unknown): boolean {
  return Object.keys(value ?? {}).every((key) => key === "name" || key === "age");
}

/** The value, and the kinds of repairs in order without repetition. */
function outcome(reading: LenientReading): unknown {
  return reading.ok ? [reading.value, ...new Set(reading.repairs.map(({ kind }) => kind))] : reading.problem;
}

function like(value: unknown): unknown {
  return outcome(readLenient(JSON.stringify(value), { schema: optional, tool: "extract_user", policy: "safe", accept }));
}

describe("a call of the tool that was sent, written as text, where the schema has a key `name` too", () => {
  const call = { name: "extract_user", arguments: ada };
  const calls: readonly (readonly [form: string, text: string])[] = [
    ["with its arguments", JSON.stringify(call)],
    ["with parameters", JSON.stringify({ name: "extract_user", parameters: ada })],
    ["with arguments as text", JSON.stringify({ ...call, arguments: JSON.stringify(ada) })],
    ["of a namespace", JSON.stringify({ ...call, name: "functions.extract_user" })],
    ["in a tag", `<tool_call>\n${JSON.stringify(call)}\n</tool_call>`],
    ["in a list", JSON.stringify([call])],
    ["in `function`", JSON.stringify({ function: call })],
    ["as it is on the wire", JSON.stringify({ id: "1", type: "function", function: { ...call, arguments: JSON.stringify(ada) } })],
    ["as they are on the wire", JSON.stringify({ tool_calls: [{ type: "function", function: call }] })],
  ];

  test.each(calls)("%s", (_, text) => {
    for (const policy of ["safe", "lenient"] as const) {
      for (const schema of [user, optional]) {
        const reading = readLenient(text, { schema, tool: "extract_user", policy, accept });
        expect(outcome(reading)).toEqual([ada, ...(reading.ok ? new Set(reading.repairs.map(({ kind }) => kind)) : [])]);
        expect(reading.ok && reading.repairs.map(({ kind }) => kind)).toContain("tool-call");
        expect(reading.ok && reading.repairs.every(({ severity }) => severity === "safe")).toBe(true);
      }
    }
  });

  test("what only looks like one is none", () => {
    expect(like({ name: "extract_user" })).toEqual([{ name: "extract_user" }]);
    expect(like({ name: "Bo", arguments: ada })).toBe("the value that was found is not valid");
    expect(like({ name: "extract_order", arguments: ada })).toBe("the value that was found is not valid");
    expect(like({ name: "extract_user", arguments: { total: 1 } })).toBe("the value that was found is not valid");
  });

  test("while it arrives it is shown as what it is in the end", () => {
    const text = JSON.stringify(call);
    const shown = Array.from(text, (_, end) =>
      readLenient(text.slice(0, end + 1), { schema: user, tool: "extract_user", policy: "safe", partial: true }),
    ).flatMap((reading) => (reading.ok ? [JSON.stringify(reading.value)] : []));
    expect(shown.at(-1)).toBe(JSON.stringify(ada));
  });
});
