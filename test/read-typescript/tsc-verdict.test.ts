import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { emitValidator } from "../../src/emit/validator.js";
import { readTypeScript } from "../../src/read/typescript/read-typescript.js";
import { loadValidator } from "../emit/load-validator.js";
import { compile } from "./compile.js";
import { diskReader } from "./disk-reader.js";
import { literalValues } from "./literal-values.js";

const folder = fileURLToPath(new URL("../fixtures/typescript", import.meta.url));

/** Types of which the two may judge otherwise, and which of them is the one that says yes. Any other difference is a fault. */
const sanctioned: readonly { readonly why: string; readonly accepts: "tsc" | "validator"; readonly types: readonly string[] }[] = [
  {
    why: "a member of an enum is another type than the literal it stands for, to tsc",
    accepts: "validator",
    types: ["Car", "Paint", "Measure", "WithLonely", "WithMixed", "Tagged", "Invoice", "Resume", "Settings"],
  },
  { why: "no literal has a brand", accepts: "validator", types: ["Branded", "BrandedLiterals", "ByBrand"] },
  { why: "no literal has a class's private members", accepts: "validator", types: ["Point", "Config"] },
  { why: "a key that must be there and may be undefined is not there in JSON", accepts: "validator", types: ["OrUndefined", "Gone"] },
  { why: "no literal is of an index signature and a key that contradicts it", accepts: "validator", types: ["Mixed"] },
  { why: "a date's text has a format", accepts: "tsc", types: ["Dates", "DeepDates"] },
  { why: "`{}` is anything but null", accepts: "tsc", types: ["Empty"] },
  { why: "a list is an `object` and has numbers for keys", accepts: "tsc", types: ["ObjectValue", "ClientCapabilities", "ById"] },
  { why: "an object may have keys of several branches of a union", accepts: "tsc", types: ["Maybe", "JSONRPCMessage"] },
];

interface Judged {
  readonly type: string;
  /** The literal's JSON text. */
  readonly text: string;
  readonly tsc: boolean;
  readonly validator: boolean;
}

describe("a JSON literal is valid where tsc takes it for the type", () => {
  let judged: readonly Judged[] = [];
  beforeAll(async () => {
    judged = await judge();
  }, 120_000);

  test("there are enough of both", () => {
    expect(judged.filter(({ tsc }) => tsc).length).toBeGreaterThan(2_000);
    expect(judged.filter(({ tsc }) => !tsc).length).toBeGreaterThan(8_000);
  });

  test("the verdicts differ in nothing but what is sanctioned", () => {
    const allowed = new Map(sanctioned.flatMap(({ types, accepts }) => types.map((type) => [type, accepts] as const)));
    const unforeseen = differences(judged).filter(({ type, accepts }) => allowed.get(type) !== accepts);
    expect(unforeseen.map(({ type, accepts, text }) => `${type}: only the ${accepts} accepts ${text}`)).toEqual([]);
  });

  test.each(sanctioned)("still sanctioned: $why", ({ types, accepts }) => {
    const found = new Set(differences(judged).flatMap((one) => (one.accepts === accepts ? [one.type] : [])));
    expect(types.filter((type) => !found.has(type))).toEqual([]);
  });
});

function differences(judged: readonly Judged[]): readonly (Judged & { readonly accepts: "tsc" | "validator" })[] {
  return judged.filter(({ tsc, validator }) => tsc !== validator).map((one) => ({ ...one, accepts: one.tsc ? "tsc" : "validator" }));
}

/** The emitted validators' verdicts beside those of one program that has a line for each literal. */
async function judge(): Promise<readonly Judged[]> {
  const sources = readdirSync(folder).filter((name) => name.endsWith(".types.ts"));
  const results = readTypeScript({ root: folder, sources, files: diskReader(folder) });
  const files = new Map<string, string>();
  const asked: (Omit<Judged, "tsc"> & { readonly place: string })[] = [];
  for (const source of sources) {
    const file = path.join(folder, source.replace(".types.ts", ".literals.ts"));
    const lines: string[] = [];
    for (const document of results.get(source)?.documents ?? []) {
      const { root } = loadValidator(await emitValidator(document, document.name));
      const type = `import("./${source.replace(/\.ts$/, ".js")}").${document.typeImport?.exportName}`;
      for (const text of literalValues(document.schema, { samples: 6, changed: 60 })) {
        lines.push(`export const value${lines.length}: ${type} = ${text};`);
        asked.push({ place: `${file}:${lines.length}`, type: document.name, text, validator: root(JSON.parse(text)) });
      }
    }
    files.set(file, lines.join("\n"));
  }
  const faults = new Set(compile(files, readWithDatesAsTexts).map((fault) => fault.slice(0, fault.indexOf(" "))));
  return asked.map(({ place, ...one }) => ({ ...one, tsc: !faults.has(place) }));
}

/** To JSON a `Date` is a text. */
function readWithDatesAsTexts(file: string): string | undefined {
  const text = diskReader("/").read(file.replace(/\.js$/, ".ts"));
  return text !== undefined && file.startsWith(folder) ? `${text}\ntype Date = string;\n` : text;
}
