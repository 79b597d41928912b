import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileReferences } from "../../src/read/json/file-references.js";
import { makeProject, readTree, runHere, type CliRun } from "./run-cli.js";

function schema(properties: Readonly<Record<string, unknown>>, more: object = {}): string {
  return JSON.stringify({ type: "object", properties, required: Object.keys(properties), additionalProperties: false, ...more });
}

const text = { type: "string" };
const order = schema({ customer: { $ref: "./customer.json" } });
const customer = schema({ home: { $ref: "parts/address.json#" } });
const address = schema({ city: text });

const generate = (cwd: string, ...args: readonly string[]): Promise<CliRun> => runHere(["generate", ...args], { cwd });
const extractors = (root: string): readonly string[] =>
  Object.keys(readTree(join(root, "generated"))).filter((path) => path.endsWith(".ts") && !path.includes(".codec."));

function project(files: Readonly<Record<string, string>> = {}): string {
  return makeProject({ "schemas/order.json": order, "schemas/customer.json": customer, "schemas/parts/address.json": address, ...files });
}

/** An object that may lead to another of the kind. */
function node(other: string): string {
  return JSON.stringify({ type: "object", properties: { next: { $ref: other } }, additionalProperties: false });
}

describe("a JSON file that only others refer to", () => {
  test("gets no extractor, with a note for who asks", async () => {
    const root = project();
    const first = await generate(root);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout).toContain("· schemas/customer.json only referred to by others\n");
    expect(first.stdout).toContain("1 written, 2 only referred to, 2 notes (--verbose shows them) in generated/");
    expect(extractors(root)).toEqual(["order.ts"]);
    expect((await generate(root, "--force", "--verbose")).stderr).toContain("schemas/parts/address.json:1:1 note write/only-referenced");
    expect(await runHere(["check"], { cwd: root })).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^3 up to date/) });
    expect((await generate(root)).stdout).toMatch(/^3 up to date/);
    // By itself it can be looked at all the same.
    expect(await runHere(["explain", "schemas/customer.json"], { cwd: root })).toMatchObject({ exitCode: 0 });
  });

  test("becomes a source when nobody refers to it any more, and a part when somebody does", async () => {
    const root = project();
    await generate(root);
    writeFileSync(join(root, "schemas/order.json"), schema({ number: text }));
    expect((await runHere(["check"], { cwd: root })).stderr).toContain("write/missing");
    await generate(root);
    expect(extractors(root)).toEqual(["customer.ts", "order.ts"]);
    writeFileSync(join(root, "schemas/order.json"), order);
    const checked = await runHere(["check"], { cwd: root });
    expect(checked).toMatchObject({ exitCode: 1 });
    expect(checked.stderr).toContain("generated/customer.ts:1:1 error write/orphan");
    expect((await generate(root)).stdout).toContain("- generated/customer.ts removed: nothing leads to it any more");
    expect(extractors(root)).toEqual(["order.ts"]);
    rmSync(join(root, "schemas/order.json"));
    await generate(root);
    expect(extractors(root)).toEqual(["customer.ts"]);
    expect(await runHere(["check"], { cwd: root })).toMatchObject({ exitCode: 0 });
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["a new file refers to it", { "schemas/zebra.json": schema({ order: { $ref: "order.json" } }) }],
    [
      "a file in the middle is not a source",
      {
        "schemas/zebra.json": schema({ o: { $ref: "../common/middle.json" } }),
        "common/middle.json": '{ "$ref": "../schemas/order.json" }',
      },
    ],
  ])("incremental runs and a fresh one leave the same: %s", async (_, more) => {
    const root = project();
    await generate(root);
    for (const [path, content] of Object.entries(more)) {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    await generate(root);
    const whole = project(more);
    await generate(whole);
    expect(readTree(join(root, "generated"))).toEqual(readTree(join(whole, "generated")));
    expect(extractors(root)).toEqual(["zebra.ts"]);
  });

  test("keeps its extractor with x-extract at its root, or where the configuration says so", async () => {
    const root = project({ "schemas/customer.json": schema({ name: text }, { "x-extract": {} }) });
    await generate(root);
    expect(extractors(root)).toEqual(["customer.ts", "order.ts", "parts/address.ts"]);
    const all = project({ "schemacast.config.json": '{ "referenced": "extract" }' });
    await generate(all);
    expect(extractors(all)).toEqual(["customer.ts", "order.ts", "parts/address.ts"]);
  });

  test("files in a circle stay sources", async () => {
    const root = makeProject({ "schemas/a.json": node("b.json"), "schemas/b.json": node("./a.json#"), "schemas/c.json": node("#") });
    await generate(root);
    expect(extractors(root)).toEqual(["a.ts", "b.ts", "c.ts"]);
  });
});

test("references are read from a schema's text", () => {
  const refs = [
    "a.json",
    "./b%20c.json#/$defs/X",
    "../d/e.json#",
    "#/$defs/Own",
    "https://example.com/x.json",
    "/abs.json",
    "self.json",
    "%E0.json",
  ];
  const source = JSON.stringify({ anyOf: refs.map(($ref) => ({ $ref })), $dynamicRef: "f.json#node", note: '"$ref": "no.json"' });
  expect(fileReferences("schemas/self.json", source)).toEqual(["schemas/a.json", "schemas/b c.json", "d/e.json", "schemas/f.json"]);
});
