import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { agreementFile } from "./agreement-file.js";
import { compile } from "./compile.js";
import { diskReader } from "./disk-reader.js";
import { readOne, told } from "./read-texts.js";

/** On no disk, but below a package.json that says "module". */
const folder = fileURLToPath(new URL(".", import.meta.url));

/** What tsc says of files in `folder`, by paths below it. */
function faultsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [folder + name, text]));
  return compile(texts, (file) => diskReader("/").read(file.replace(/\.js$/, ".ts"))).map((fault) => fault.slice(folder.length));
}

/** Deep in every way there is. `change` stands where a scalar may become another one. */
const deep = `
enum Kind { A = "a", B = "b" }
enum Num { One = 1, Two = 2 }
interface Meta { tags?: string[]; inner: { more: { most: string } } }
type Ev = { type: "created"; data: Created } | { type: "gone"; data: Gone; why?: Meta };
interface Created { by: { user: { name: string } } }
interface Gone { at: Date; ev?: Ev }
interface Tree<T> { value: T; children: Tree<T>[]; parent?: Tree<T> | null }
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface C1 { next?: C2 } interface C2 { next: C3[] } interface C3 { next: C4 | null } interface C4 { next?: C5[] | null } interface C5 { last: string }
/** @extract */
export interface Deep {
  a: { b: { c: { d: { e: string; m: Meta | null } } } };
  grid: number[][][][];
  maybe?: { x?: { y?: { z?: { v: boolean } | null } | null } | null } | null;
  map: Record<string, Record<string, Record<string, { k: { n: number } }>>>;
  ev: Ev;
  evs?: Ev[];
  kinds: { kind: Kind.A; p: { q: { r: { s: string } } } } | { kind: Kind.B; p: { q: { r: { s: number } } } };
  num: { n: Num.One; d: { e: { f: { g: string } } } } | { n: Num.Two; d: { e: { f: { g: number } } } };
  ok: { ok: true; d: { e: { f: { g: string } } } } | { ok: false; err: { e: { f: { g: number } } } };
  plain: { one: { q: { r: { s: string } } } } | { two: string };
  xor: { a: { p: { q: { r: string } } }; b?: never } | { b: { p: { q: { r: number } } }; a: undefined };
  len: string | { length: { e: { f: { g: number } } } } | string[];
  unk: { a: unknown; b: { c: { d: { e: string } } } } | { x: any; y: { c: { d: { e: string } } } };
  tree: Tree<Meta>;
  tuple: [first: { a: { b: { c: string } } }, second?: { a: { b: { c: number } } }];
  open: { id: number; [key: string]: unknown };
  union: string | { a: { b: { c: string } } } | number[];
  nested: ({ kind: "a"; v: { d: { e: { f: string } } } } & ({ sub: 1; x: { d: { e: { f: string } } } } | { sub: 2; y: number })) | { kind: "b"; data: { d: { e: { f: string } } } };
  beside: null | Kind | Json[] | { kind: "a"; v: { d: { e: { f: string } } } } | { kind: "b"; v: { d: { e: { f: number } } } };
  json: Json;
  chain: C1;
}
/** @extract */
export type Events = Ev;
/** @extract */
export type Trees = Tree<{ x: { y: { z: string } } }>[];
`;

test("the proof in the output sees a change at any depth", () => {
  const result = readOne({ "deep.ts": deep }, "deep.ts");
  expect(told(result).filter((line) => !line.endsWith("read/ts-untyped"))).toEqual([]);
  const proof = agreementFile("proof.ts", "deep.ts", result.documents);
  // Json's own members and what a closed type has beside an index signature of unknown stay.
  const places = [...deep.matchAll(/\b(?:string|number|boolean)\b(?=[;[ }])/g)].filter(({ index }) => !isFixed(index));
  const variants = places.map(({ 0: word, index }) => {
    return deep.slice(0, index) + (word === "boolean" ? "string" : "boolean") + deep.slice(index + word.length);
  });
  expect(variants.length).toBeGreaterThanOrEqual(30);
  const files = [deep, ...variants].flatMap((text, index) => [[`${index}/deep.ts`, text] as const, [`${index}/proof.ts`, proof] as const]);
  const faults = faultsOf(Object.fromEntries(files));
  const failing = new Set(faults.filter((fault) => /run `schemacast generate`/.test(fault)).map((fault) => Number.parseInt(fault)));
  expect(faults.filter((fault) => fault.startsWith("0/"))).toEqual([]);
  expect(variants.filter((_text, index) => !failing.has(index + 1)).map((_text, index) => places[index]?.index)).toEqual([]);
}, 120_000);

function isFixed(index: number): boolean {
  const line = deep.slice(deep.lastIndexOf("\n", index) + 1, index);
  return line.startsWith("type Json");
}

test.each([
  ["an optional list or null", (next: string) => `next?: ${next}[] | null`],
  ["wrapped", (next: string) => `next: { inner?: ${next} } | null`],
])("a chain of 300 interfaces is read, and proved under tsc: %s", (_what, member) => {
  const links = Array.from({ length: 300 }, (_none, index) => `interface A${index} { ${member(`A${index + 1}`)} }`);
  const text = `export ${links.join("\n")}\ninterface A300 { last: string }\n`;
  const result = readOne({ "chain.ts": text }, "chain.ts");
  expect(told(result)).toEqual([]);
  const [document] = result.documents;
  expect(JSON.stringify(document?.schema).match(/"A\d+":/g)).toHaveLength(300);
  const proof = agreementFile("proof.ts", "chain.ts", result.documents);
  const changed = text.replace("last: string", "last: number");
  const faults = faultsOf({ "chain.ts": text, "proof.ts": proof, "other/chain.ts": changed, "other/proof.ts": proof });
  expect(faults).toEqual([expect.stringMatching(/^other\/proof\.ts:.*allows what its schema does not/)]);
});
