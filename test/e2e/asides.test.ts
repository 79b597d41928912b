import { afterAll, beforeAll, expect, test } from "vitest";
import { extractAnswer, extractAnswerList, streamAnswer } from "../../generated/answer.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { fromProvider } from "../../src/runtime/index.js";

const wire = { reasoning: "6 times 7.", answer: 42 };
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    replies: [
      { name: "extract_answer", value: wire },
      { name: "extract_answer_list", value: { items: [wire, { reasoning: "2 and 2.", answer: 4 }] } },
    ],
  });
});
afterAll(() => emulator.close());

const provider = (): ReturnType<typeof fromProvider> => fromProvider("cerebras/gpt-oss-120b", { apiKey: "test", baseURL: emulator.url });

test("a reasoning field goes over the wire first, is not in the value, and is told in the details", async () => {
  const { value, asides } = await extractAnswer("What is 6 times 7?", provider()).withDetails();
  expect(value).toEqual({ answer: 42 });
  expect(asides).toEqual([{ reasoning: "6 times 7." }]);
});

test("a list tells it for each object", async () => {
  const { value, asides } = await extractAnswerList("What is 6 times 7? And 2 and 2?", provider()).withDetails();
  expect(value).toEqual([{ answer: 42 }, { answer: 4 }]);
  expect(asides).toEqual([{ reasoning: "6 times 7." }, { reasoning: "2 and 2." }]);
});

test("a stream never shows it, and tells it in the details", async () => {
  const stream = streamAnswer("What is 6 times 7?", provider());
  for await (const partial of stream) expect(Object.keys(partial)).not.toContain("reasoning");
  expect((await stream.withDetails()).asides).toEqual([{ reasoning: "6 times 7." }]);
});
