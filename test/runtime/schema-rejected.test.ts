import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { cerebras } from "../../src/profiles/cerebras.js";
import { ApiError } from "../../src/runtime/errors/api-error.js";
import { SchemaRejectedError } from "../../src/runtime/errors/schema-rejected-error.js";
import { extract } from "../../src/runtime/extract.js";
import { fromProvider } from "../../src/runtime/index.js";
import type { JsonObject } from "../../src/runtime/spec.js";
import { ajvSpec } from "./ajv-spec.js";
import { json, loopback } from "./loopback.js";
import { userSpec } from "./user-spec.js";

/** Messages of cerebras/wire/errors-http-bodies.txt, and the entries of the profile that they show to be wrong. */
const recorded: readonly (readonly [message: string, ...entries: string[]])[] = [
  ["'additionalProperties' is required to be supplied and set to false.", "closedObjects"],
  ["'definitions' is not supported in JSON schema. Use '$defs' instead", "refForm"],
  [
    "Lists of types are not supported in JSON schema. If you are trying to make a field Optional, use anyOf with a null type",
    "switches.typeArrays",
  ],
  ["additionalProperties must be set to false for all objects in JSON schema", "closedObjects"],
  // Of OpenAPI's dialect, which is never sent: no entry speaks of it.
  ["Unsupported JSON schema fields: {'nullable'}"],
  ["Unsupported JSON schema fields: {'minItems', 'items'}", "switches.arrayLengths"],
  ["Array fields require at least one of 'items' or 'prefixItems'.", "keywords"],
  ["Unsupported JSON schema fields in schema with keys: dict_keys(['oneOf']).", "switches.oneOf"],
  ["Unsupported JSON schema fields in schema with keys: dict_keys([]).", "switches.any"],
  ["Extra top level keys found in JSON schema: {'allOf'}.", "root"],
  ["Extra top level keys found in JSON schema: {'items'}.", "root"],
  ["Invalid fields for schema with types ['array']: {'minItems', 'maxItems'}", "switches.arrayLengths"],
  ["Invalid fields for schema with types ['string']: {'format'}", "switches.format"],
  ["Invalid fields for schema with types ['string']: {'maxLength'}", "switches.stringLengths"],
  ["Object fields require at least one of: 'properties' or 'anyOf' with a list of possible properties.", "switches.emptyObjects"],
  ["Unsupported JSON schema fields: {'minimum', 'maximum'}", "switches.numericBounds"],
];

async function refusedWith(body: unknown): Promise<unknown> {
  await using server = await loopback(json(400, body));
  return await extract(userSpec, "…", { client: server.client }).then(
    () => expect.fail("a value came"),
    (error: unknown) => error,
  );
}

function refusedTool(message: string): Promise<unknown> {
  return refusedWith({ message, type: "invalid_request_error", param: "tools", code: "wrong_api_format" });
}

describe("a schema that the API refuses", () => {
  test.each(recorded)("%s", async (message, ...entries) => {
    const error = await refusedWith({ message, type: "invalid_request_error", param: "response_format", code: "wrong_api_format" });
    expect(SchemaRejectedError.is(error) && error).toMatchObject({ reason: message, status: 400, param: "response_format" });
    if (!SchemaRejectedError.is(error)) return;
    expect(error.entries.map(({ entry }) => entry)).toEqual(entries);
    for (const { entry, rule } of error.entries) expect(error.message).toContain(`${entry} (rule ${rule})`);
  });

  test("the message says what can be done until the profile is mended", async () => {
    const message = "Invalid fields for schema with types ['array']: {'minItems', 'maxItems'}";
    const error = await refusedTool(message);
    expect(SchemaRejectedError.is(error) && error.message).toBe(
      "The API refused the schema: Invalid fields for schema with types ['array']: {'minItems', 'maxItems'}. schemacast's provider profile is out of " +
        "date: switches.arrayLengths (rule constraint-to-description). Until that is mended, set " +
        'profile: { extends: "cerebras", switches: { arrayLengths: false } } in schemacast.config.ts and generate again.',
    );
    expect(SchemaRejectedError.is(error) && error.keywords).toEqual(["minItems", "maxItems"]);
  });

  test("words that are not known name no entry, and what is no schema is no SchemaRejectedError", async () => {
    const unknown = await refusedTool("Nope: {'frobnicate'}");
    expect(SchemaRejectedError.is(unknown) && unknown.message).toContain('out of date about "frobnicate"; which entry');
    const mixed = "Tools with mixed values for 'strict' are not allowed. Please set all tools to 'strict: true' or 'strict: false'";
    const both = '"tools" is incompatible with "response_format"';
    for (const message of [mixed, both, "'tool_choice' is only allowed when 'tools' are specified"]) {
      const error = await refusedTool(message);
      expect([ApiError.is(error), SchemaRejectedError.is(error)]).toEqual([true, false]);
    }
  });

  const file = fileURLToPath(new URL("../../../shared/cerebras/wire/errors-http-bodies.txt", import.meta.url));
  test.skipIf(!existsSync(file))("every schema message on record is in the table", () => {
    const lines = readFileSync(process.env["SCHEMACAST_ERRORS"] ?? file, "utf8").split("\n");
    const schemaLines = lines
      .map((line) => /^\{"message":"((?:[^"\\]|\\.)*)".*"wrong_api_format"/.exec(line)?.[1] ?? line)
      .filter((line) => /JSON schema|^Invalid fields|fields require|additionalProperties/.test(line) && !line.startsWith("4"));
    expect(schemaLines.length).toBeGreaterThan(10);
    expect(schemaLines.filter((line) => !recorded.some(([message]) => message === line))).toEqual([]);
  });
});

/** A schema that breaks one rule of the profile, and the entry that forbids it. */
const breaches: readonly (readonly [entry: string, schema: JsonObject])[] = [
  ["switches.arrayLengths", object({ type: "array", items: { type: "string" }, minItems: 1 })],
  ["switches.stringLengths", object({ type: "string", maxLength: 3 })],
  ["switches.format", object({ type: "string", format: "date" })],
  ["switches.pattern", object({ type: "string", pattern: "x" })],
  ["switches.const", object({ const: "x" })],
  ["switches.numericBounds", object({ type: "integer", minimum: 1 })],
  ["switches.typeArrays", object({ type: ["string", "null"] })],
  ["switches.oneOf", object({ oneOf: [{ type: "string" }] })],
  ["switches.any", object({})],
  ["closedObjects", { type: "object", properties: { a: { type: "string" } }, required: ["a"] }],
  ["root", { type: "array", items: { type: "string" } }],
  ["limits.enumValues", object({ type: "string", enum: Array.from({ length: 501 }, (_, index) => `v${index}`) })],
  ["limits.characters", object({ type: "string", description: "x".repeat(6000) })],
  ["limits.anyOfBranches", object({ anyOf: Array.from({ length: 6 }, () => ({ type: "string" })) })],
  ["limits.depth", nested(12)],
];

describe("against the emulator, which reads the same profile", () => {
  test.each(breaches)("%s", async (entry, schema) => {
    await using emulator = await startDisposable();
    const options = fromProvider("cerebras/gpt-oss-120b", { apiKey: "test", baseURL: emulator.url });
    for (const mode of ["tools", "json_schema"] as const) {
      const call = extract(ajvSpec("Thing", schema), "…", { ...options, mode });
      const error = await call.then(
        () => expect.fail("a value came"),
        (thrown: unknown) => thrown,
      );
      expect(SchemaRejectedError.is(error) && error.entries.map((one) => one.entry), `${mode}: ${String(error)}`).toEqual([entry]);
    }
  });
});

test("the profile has every entry", async () => {
  const errors = await Promise.all(recorded.map(([message]) => refusedTool(message)));
  const named = errors.flatMap((error) => (SchemaRejectedError.is(error) ? error.entries : []));
  for (const entry of [...named.map((one) => one.entry), ...breaches.map(([one]) => one)]) {
    const place = entry.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], cerebras.tools);
    expect(place, entry).toBeDefined();
  }
});

function object(property: JsonObject): JsonObject {
  return { type: "object", properties: { a: property }, required: ["a"], additionalProperties: false };
}

function nested(levels: number): JsonObject {
  return levels === 0 ? { type: "string" } : object(nested(levels - 1));
}

async function startDisposable(): Promise<{ readonly url: string } & AsyncDisposable> {
  const emulator = await startEmulator();
  return { url: emulator.url, [Symbol.asyncDispose]: () => emulator.close() };
}
