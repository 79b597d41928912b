import { Cerebras } from "@cerebras/cerebras_cloud_sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extractFileTree, extractFileTreeList, parseFileTree, streamFileTree, streamFileTreeList } from "../../generated/file-tree.js";
import { extractUser, parseUser, streamUser } from "../../generated/user.js";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";
import { InvalidOutputError } from "../../src/runtime/index.js";

// FileTree is recursive, and so guided: the API does not hold the model to it, and its text is read with patience.
const tree = { name: "src", size: null, children: [{ name: "a.ts", size: 120, children: [] }] };

let emulator: Emulator;
let client: Cerebras;
beforeAll(async () => {
  emulator = await startEmulator();
  client = new Cerebras({ apiKey: "test", baseURL: emulator.url, warmTCPConnection: false });
});
afterAll(() => emulator.close());

const options = (): { client: Cerebras; model: string; maxRetries: number } => ({ client, model: "gpt-oss-120b", maxRetries: 0 });

const messy = `Here it is:
\`\`\`json
{
  name: 'src', // the root
  "Size": None,
  "children": [{"name": "a.ts", "size": "120", "children": [],},]
}
\`\`\`
Anything else?`;
const list = `{"items": [{"name": "a.ts", "size": 1, "children": []}, {"name": "b.ts", "size": "1", "children": []}, {'name': c.ts, 'size': 1, children: []}]}`;
const files = ["a.ts", "b.ts", "c.ts"].map((name) => ({ name, size: 1, children: [] }));

describe("a guided spec", () => {
  test("reads a whole answer, and tells what it mended", async () => {
    emulator.enqueue({ text: messy });
    const { value, repairs, attempts } = await extractFileTree("…", options()).withDetails();
    expect(value).toEqual(tree);
    expect(attempts).toHaveLength(1);
    expect(new Set(repairs.map(({ kind }) => kind))).toEqual(
      new Set([
        "surrounding-text",
        "comment",
        "trailing-comma",
        "unquoted-key",
        "unquoted-string",
        "quotes",
        "key",
        "to-null",
        "to-number",
      ]),
    );
  });

  test.each([1, 7, 1000])("reads a stream of %i characters a piece: what it shows grows into the value", async (chunkSize) => {
    // What arrives together is shown together: a pause keeps the single characters apart.
    emulator.enqueue({ text: messy, chunkSize, delay: chunkSize === 1 ? 2 : 0 });
    const stream = streamFileTree("…", options());
    const snapshots: unknown[] = [];
    for await (const partial of stream) snapshots.push(partial);
    const { value, repairs } = await stream.withDetails();
    expect(value).toEqual(tree);
    expect(snapshots.at(-1)).toBe(value);
    expect(repairs.length).toBeGreaterThan(5);
    if (chunkSize === 1) expect(snapshots.length).toBeGreaterThan(2);
  });

  test("lists, each item once", async () => {
    emulator.enqueue({ text: list });
    expect(await extractFileTreeList("…", options())).toEqual(files);
    emulator.enqueue({ text: list, chunkSize: 3 });
    const stream = streamFileTreeList("…", options());
    const seen: unknown[] = [];
    for await (const file of stream) seen.push(file);
    expect(seen).toEqual(files);
    expect(await stream.result).toEqual(files);
  });

  test("clean JSON that is not valid as it is", async () => {
    const text = '{"name":"a.ts","size":"7","children":[]}';
    emulator.enqueue({ text, chunkSize: 4 });
    const stream = streamFileTree("…", options());
    expect(await stream.result).toEqual({ name: "a.ts", size: 7, children: [] });
  });

  test("under repair: strict, JSON or nothing", async () => {
    for (const call of [extractFileTree, streamFileTree]) {
      emulator.enqueue({ text: messy });
      const running = call("…", { ...options(), repair: "strict" });
      await expect("result" in running ? running.result : running).rejects.toThrow(InvalidOutputError);
    }
  });

  test("two answers in one are none", async () => {
    emulator.enqueue({ text: '{"name":"a","size":1,"children":[]}\n{"name":"b","size":1,"children":[]}' });
    await expect(extractFileTree("…", options())).rejects.toThrow(/2 different values/);
    emulator.enqueue({ text: '{"name":"a","size":1,"children":[]}\n{"name":"b","size":1,"children":[]}' });
    await expect(streamFileTree("…", options()).result).rejects.toThrow(InvalidOutputError);
  });
});

describe("a strict spec", () => {
  const text = "<think>27?</think>\n```json\n{name: 'Ivan', age: 27}\n```";

  test("mode json_object promises nothing, and is read with patience too", async () => {
    emulator.enqueue({ text }, { text, chunkSize: 2 });
    expect(await extractUser("…", { ...options(), mode: "json_object" })).toEqual({ name: "Ivan", age: 27 });
    expect(await streamUser("…", { ...options(), mode: "json_object" }).result).toEqual({ name: "Ivan", age: 27 });
  });

  test("an answer obtained elsewhere", () => {
    expect(parseUser(text)).toEqual({ name: "Ivan", age: 27 });
    expect(() => parseUser(text, { repair: "strict" })).toThrow(InvalidOutputError);
    expect(parseFileTree(messy)).toEqual(tree);
  });
});

test("a call that is written as text is one, though its keys are keys of the type: whole, streamed, and got elsewhere", async () => {
  const ada = { name: "Ada", age: 36 };
  const text = JSON.stringify({ name: "extract_user", arguments: ada });
  expect(parseUser(text)).toEqual(ada);
  expect(parseUser(text, { repair: "lenient" })).toEqual(ada);
  emulator.enqueue({ text }, { text, chunkSize: 1 });
  const { value, repairs } = await extractUser("…", { ...options(), mode: "json_object" }).withDetails();
  expect([value, repairs.map(({ kind }) => kind)]).toEqual([ada, ["tool-call"]]);
  const stream = streamUser("…", { ...options(), mode: "json_object" });
  for await (const { age } of stream) expect([undefined, 36]).toContain(age);
  expect(await stream.result).toEqual(ada);
});
