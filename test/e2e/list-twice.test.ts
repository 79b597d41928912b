import { afterAll, beforeAll, expect, test } from "vitest";
import { streamContact } from "../../generated/contact.js";
import { streamUserList } from "../../generated/user.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { fromProvider, InvalidOutputError } from "../../src/runtime/index.js";

const address = '{"street":"1 A Street","city":"B","country":"C"}';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    replies: [
      { name: "extract_user_list", text: '{"items":[{"name":"A","age":1}],"items":[{"name":"B","age":2}]}' },
      { name: "extract_contact", text: `{"name":"A","age":1,"addresses":[${address}],"addresses":[${address},${address}]}` },
    ],
    scenario: { chunkSize: 5 },
  });
});
afterAll(() => emulator.close());

const provider = (): ReturnType<typeof fromProvider> => fromProvider("cerebras/gpt-oss-120b", { apiKey: "test", baseURL: emulator.url });

test("promise 11: a list that is given twice after an item was yielded is an InvalidOutputError", async () => {
  const seen: string[] = [];
  await expect(async () => {
    for await (const user of streamUserList("…", { ...provider(), maxRetries: 0 })) seen.push(user.name);
  }).rejects.toThrow(InvalidOutputError);
  expect(seen).toEqual(["A"]);
});

test("promise 11: the same for the elements of a list inside", async () => {
  let seen = 0;
  await expect(async () => {
    for await (const one of streamContact("…", { ...provider(), maxRetries: 0 }).elements("addresses")) seen += one.city === "B" ? 1 : 0;
  }).rejects.toThrow(InvalidOutputError);
  expect(seen).toBe(1);
});

test("promise 11: where nothing was yielded of it, the last one wins", async () => {
  const contact = await streamContact("…", provider()).result;
  expect(contact.addresses?.length).toBe(2);
});
