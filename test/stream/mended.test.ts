import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRare } from "../../src/emit/rare-plan.js";
import { encode } from "../../src/lower/encode.js";
import { lower } from "../../src/lower/lower.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { readAnswer } from "../../src/runtime/call/read-answer.js";
import { decode } from "../../src/runtime/decode.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import { readLenient } from "../../src/runtime/lenient/read-lenient.js";
import type { Repair } from "../../src/runtime/options.js";
import type { StreamSpec, Validator } from "../../src/runtime/spec.js";
import { stream } from "../../src/runtime/stream.js";
import { habits, mess } from "../lenient/mess.js";
import type { JsonSchema } from "../../src/read/schema-document.js";
import { documentOf } from "../lower/document-of.js";
import { samples } from "../lower/schema-arbitrary.js";
import { validatorOf } from "../lower/validator-of.js";
import { split, splits } from "./arbitraries.js";
import { fakeClient } from "./fake-client.js";
import { chanceOf } from "./mutate.js";
import { oddly } from "./odd-text.js";

const hard = Number(process.env["TEST_HARDER"] ?? 0);
const numRuns = hard > 1 ? hard : hard === 1 ? 5000 : 60;
const timeout = 900_000;

describe("an answer that the API holds to nothing", () => {
  test("what is valid is read as it stands, and what is shown is a beginning of it", { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(samples, fc.nat(), splits, async ({ schema, values }, seed, lengths) => {
        for (const value of values.filter(validatorOf(schema))) {
          const made = specOf(schema, value);
          if (made === undefined) continue;
          const text = oddly(made.wire, chanceOf(seed));
          const { seen, end, repairs } = await read(made.spec, split(text, lengths));
          const whole = made.spec.decode(JSON.parse(text));
          if (!made.spec.validate(whole)) continue;
          expect(end, text).toEqual(whole);
          expect(repairs, text).toEqual([]);
          for (const part of seen) expect(isBeginning(part, end), `${JSON.stringify(part)} of ${JSON.stringify(end)}`).toBe(true);
        }
      }),
      { numRuns },
    );
  });

  test(
    "a messy one is what it is when read whole; where the mess is in the JSON alone, what is shown is a beginning of it",
    { timeout },
    async () => {
      await fc.assert(
        fc.asyncProperty(samples, habits, splits, async ({ schema, values }, how, lengths) => {
          const value = values.find(validatorOf(schema));
          const made = value === undefined ? undefined : specOf(schema, value);
          if (made === undefined) return;
          // These schemas have keys that are no words, and keys that differ by case.
          const text = mess(made.wire, { ...how, closed: true, bareKeys: false, keyCase: "as is" });
          const { seen, end, repairs } = await read(made.spec, split(text, lengths));
          const whole = wholeOf(made.spec, text);
          expect(end, `${text} of ${JSON.stringify(schema)}`).toEqual(whole?.value);
          if (repairs.length > 0) expect(repairs).toEqual(whole?.repairs);
          // Of a text, what stands around it may be a part, for all that is known before the end.
          if (how.around[0].trim() !== "" || end === undefined || typeof end === "string") return;
          for (const part of seen) expect(isBeginning(part, end), `${JSON.stringify(part)} of ${text}`).toBe(true);
        }),
        { numRuns },
      );
    },
  );

  test("a text in its wrapper is that text, however the wrapper is written", async () => {
    const made = specOf({ type: "string" }, "line\nbreak");
    expect(made?.wire).toEqual({ value: "line\nbreak" });
    for (const text of [
      '{"value":"line\nbreak"}',
      '{"value":"line\\nbreak",}',
      "{'value': 'line\\nbreak'}",
      '```json\n{"value":"line\\nbreak"\n```',
    ])
      for (const size of [1, 5, text.length]) expect(made && (await read(made.spec, split(text, [size]))).end, text).toBe("line\nbreak");
    for (const text of ["Use {value: 1} here", '{"x":"a"}', "plain"])
      expect(made && (await read(made.spec, split(text, [4]))).end).toBe(text);
  });
});

/** As it stands, if it is valid so; else as the reader of messy text has it. */
function wholeOf(
  spec: StreamSpec<unknown, unknown>,
  text: string,
): { readonly value: unknown; readonly repairs: readonly Repair[] } | undefined {
  const asIs = unlessRefused(() => readAnswer({ spec, shape: "one", options: { repair: "strict" } }, text));
  if (asIs !== undefined && spec.validate(asIs.value)) return asIs;
  const mended = unlessRefused(() => readAnswer({ spec, shape: "one", options: {} }, text));
  return mended !== undefined && spec.validate(mended.value) ? mended : undefined;
}

interface Read {
  readonly seen: readonly unknown[];
  readonly end: unknown;
  readonly repairs: readonly Repair[];
}

async function read(spec: StreamSpec<unknown, unknown>, pieces: readonly string[]): Promise<Read> {
  const answer = stream<unknown, unknown, unknown>(spec, "…", { client: fakeClient(pieces), maxRetries: 0 });
  const seen: unknown[] = [];
  try {
    for await (const part of answer) seen.push(structuredClone(part));
    const { value: end, repairs } = await answer.withDetails();
    return { seen, end, repairs };
  } catch (error) {
    if (!InvalidOutputError.is(error)) throw error;
    return { seen, end: undefined, repairs: [] };
  }
}

function unlessRefused<T>(reading: () => T): T | undefined {
  try {
    return reading();
  } catch {
    return undefined;
  }
}

/** A guided spec as the generator would make it, and a value on the wire. */
function specOf(schema: JsonSchema, value: unknown): { readonly spec: StreamSpec<unknown, unknown>; readonly wire: unknown } | undefined {
  const lowering = lower(documentOf(schema), { profile: cerebras });
  const encoded = encode(lowering, value);
  if (encoded === undefined) return undefined;
  const { plan, one } = lowering;
  const tool = { type: "function", function: { name: "extract", strict: false, parameters: one.schema } } as const;
  const judge = validatorOf(schema);
  const validate: Validator = (found) => {
    validate.errors = judge(found) ? null : [{ instancePath: "", schemaPath: "#/not", keyword: "not", params: {} }];
    return validate.errors === null;
  };
  const spec = {
    name: "S",
    wire: { one: tool, list: tool },
    decode: (wire: unknown) => decode(plan, wire),
    validate,
    instructions: "",
    lenient: readLenient,
    handler: { plan, ...(isRare(plan) && { rare: rareKinds }) },
  };
  return { spec, wire: encoded.wire };
}

/** Strings may be shorter, lists and objects may lack what comes later. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (typeof part === "string" && typeof whole === "string") return whole.startsWith(part);
  if (typeof part !== "object" || part === null || typeof whole !== "object" || whole === null) return Object.is(part, whole);
  return Object.keys(part).every((key) => Object.hasOwn(whole, key) && isBeginning(Reflect.get(part, key), Reflect.get(whole, key)));
}
