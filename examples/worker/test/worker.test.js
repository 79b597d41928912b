import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startEmulator } from "schemacast/emulator";
import { miniflareWorker } from "../miniflare-worker.js";

const people = [
  { name: "Ada", age: 36 },
  { name: "Bo", age: 7 },
];
const post = { method: "POST", body: "Ada is 36, Bo is 7." };

let emulator, worker;
before(async () => {
  emulator = await startEmulator({ replies: [{ name: "extract_person_list", value: { items: people } }] });
  worker = miniflareWorker({ CEREBRAS_API_KEY: "k", CEREBRAS_BASE_URL: emulator.url });
});
after(async () => {
  await worker.dispose();
  await emulator.close();
});

test("a line for each person", async () => {
  const response = await worker.dispatchFetch("http://worker.test/", post);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), people.map((person) => `${JSON.stringify(person)}\n`).join(""));
  assert.equal(emulator.requests.at(-1).headers.authorization, "Bearer k");
});

test("an error before the first person is a status", async () => {
  emulator.enqueue({ fault: { kind: "status", status: 401 } });
  const response = await worker.dispatchFetch("http://worker.test/", post);
  assert.deepEqual([response.status, await response.json()], [502, { error: "ApiError" }]);
});

test("anything but POST is refused", async () => {
  assert.equal((await worker.dispatchFetch("http://worker.test/")).status, 405);
});
