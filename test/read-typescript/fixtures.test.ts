import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import type { SchemaDocument } from "../../src/read/schema-document.js";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import type { Fixture } from "../fixtures/typescript/fixture.js";
import { agreementFile } from "./agreement-file.js";
import { compile } from "./compile.js";
import { diskReader } from "./disk-reader.js";

const folder = fileURLToPath(new URL("../fixtures/typescript", import.meta.url));
const names = readdirSync(folder);
const sources = names.filter((name) => name.endsWith(".types.ts"));
const values = names.filter((name) => name.endsWith(".values.ts"));
const results = readTypeScript({ root: folder, sources, files: diskReader(folder) });
const goldenFolder = fileURLToPath(new URL("../golden/read-typescript", import.meta.url));
const golden = readTypeScript({
  root: goldenFolder,
  sources: readdirSync(goldenFolder).map((name) => `${name}/input.ts`),
  files: diskReader(goldenFolder),
});

function documentsOf(source: string): readonly SchemaDocument[] {
  return results.get(source)?.documents ?? [];
}

describe("types that tsc vouches for", () => {
  let faults: readonly string[] = [];
  beforeAll(() => {
    const written = [...sources, ...values].map(
      (name) => [path.join(folder, name), readFileSync(path.join(folder, name), "utf8")] as const,
    );
    const generated = [
      ...sources.map(
        (source) => [path.join(folder, agreementName(source)), agreementFile(agreementName(source), source, documentsOf(source))] as const,
      ),
      ...[...golden]
        // That of `across-files` needs the `paths` of its own tsconfig.
        .filter(([source, { documents }]) => documents.length > 0 && !source.startsWith("across-files/"))
        .map(
          ([source, { documents }]) =>
            [path.join(goldenFolder, agreementName(source)), agreementFile(agreementName(source), source, documents)] as const,
        ),
    ];
    faults = compile(new Map([...written, ...generated]), (file) => diskReader("/").read(file.replace(/\.js$/, ".ts")));
  }, 120_000);

  test("tsc: good values are of their type, bad ones are not", () => {
    expect(faults.filter((fault) => !isGenerated(fault) && !fault.includes("isolatedDeclarations"))).toEqual([]);
  });

  test.each(sources)("%s is read without errors", (source) => {
    const errors = results.get(source)?.diagnostics.filter((one) => one.severity === "error");
    expect(errors?.map((one) => `${one.at?.line}:${one.at?.column} ${one.message}`)).toEqual([]);
  });

  test.each(values)("%s: the schema accepts and refuses as the type does", async (name) => {
    const module = (await import(path.join(folder, name))) as { readonly default: readonly Fixture[] };
    const documents = new Map(documentsOf(name.replace(".values.", ".types.")).map((document) => [document.name, document]));
    const faults = module.default.flatMap((fixture) => judge(fixture, documents.get(fixture.type)));
    expect(faults).toEqual([]);
  });

  test("there are at least 150 of them", async () => {
    const modules = await Promise.all(
      values.map(async (name) => (await import(path.join(folder, name))) as { readonly default: readonly Fixture[] }),
    );
    const all = modules.flatMap((module) => module.default);
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(all.filter((fixture) => fixture.good.length === 0 || fixture.bad.length < 2).map(({ type }) => type)).toEqual([]);
  });

  test("each agrees with its schema, under the flags of generated code", () => {
    expect(faults.filter(isGenerated)).toEqual([]);
  });
});

function agreementName(source: string): string {
  return source.replace(/\.ts$/, ".agreement.ts");
}

function isGenerated(fault: string): boolean {
  return fault.includes(".agreement.ts:");
}

function judge({ type, good, bad }: Fixture, document: SchemaDocument | undefined): readonly string[] {
  if (document === undefined) return [`${type}: no document`];
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(document.schema);
  const refused = good.map(asJson).filter((value) => !validate(value));
  const accepted = bad.map(asJson).filter((value) => validate(value));
  return [
    ...refused.map((value) => `${type} refuses ${JSON.stringify(value)}`),
    ...accepted.map((value) => `${type} accepts ${JSON.stringify(value)}`),
  ];
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
