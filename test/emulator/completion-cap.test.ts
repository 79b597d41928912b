import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { extractUser, streamUserList, type User } from "../../generated/user.js";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";
import { fromProvider, TruncatedError } from "../../src/runtime/index.js";

// `max_completion_tokens`: what does not fit is cut off, and reasoning comes first.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const text = "The quick brown fox jumps over the lazy dog, again and again, until it is tired of it.";
const reasoning = "We need to tell of the fox.";

interface Choice {
  readonly finish_reason: string;
  readonly message: { readonly content?: string; readonly reasoning?: string; readonly tool_calls?: unknown };
}

async function ask(body: object): Promise<{ readonly choice: Choice; readonly completionTokens: number }> {
  emulator.enqueue({ text, reasoning });
  const response = await fetch(`${emulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer any" },
    body: JSON.stringify({ model: "gpt-oss-120b", messages: [{ role: "user", content: "Hello" }], ...body }),
  });
  const { choices, usage } = (await response.json()) as { choices: [Choice]; usage: { completion_tokens: number } };
  return { choice: choices[0], completionTokens: usage.completion_tokens };
}

function options(): ReturnType<typeof fromProvider> {
  return fromProvider("cerebras/gpt-oss-120b", { apiKey: "any", baseURL: emulator.url });
}

describe("a cap of any size", () => {
  test("keeps the beginning, tells that it was cut, and is what usage says", async () => {
    let shown = -1;
    for (let most = 1; most < 40; most++) {
      const { choice, completionTokens } = await ask({ max_completion_tokens: most });
      const { content = "", reasoning: thought = "" } = choice.message;
      expect(completionTokens).toBeLessThanOrEqual(most);
      expect(text.startsWith(content) && reasoning.startsWith(thought)).toBe(true);
      // No content before all reasoning is told; more with each token.
      if (content !== "") expect(thought).toBe(reasoning);
      else expect(choice.message).not.toHaveProperty("content");
      const isWhole = content === text;
      expect(choice.finish_reason).toBe(isWhole ? "stop" : "length");
      expect(thought.length + content.length).toBeGreaterThan(isWhole ? 0 : shown);
      shown = thought.length + content.length;
    }
    expect(shown).toBe(reasoning.length + text.length);
  });

  test("is max_tokens by its old name too; without one nothing is cut", async () => {
    expect((await ask({ max_tokens: 3 })).choice).toMatchObject({ finish_reason: "length", message: { reasoning: "We need to t" } });
    expect((await ask({})).choice).toMatchObject({ finish_reason: "stop", message: { content: text } });
  });
});

describe("of an extractor", () => {
  test("eaten by reasoning: truncated, without a part of the value", async () => {
    emulator.enqueue({ reasoning, value: { name: "Ada", age: 36 } });
    const error: unknown = await extractUser("Ada is 36.", { ...options(), maxCompletionTokens: 3 }).catch((thrown: unknown) => thrown);
    expect(TruncatedError.is(error) && error.attempts).toMatchObject([{ finishReason: "length" }]);
    expect(emulator.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 3 });
  });

  test("of a list: whole items are handed out, and the rest is asked for", async () => {
    const people = Array.from({ length: 6 }, (_, index): User => ({ name: `Person ${index}`, age: index }));
    emulator.enqueue({ reasoning: "", value: { items: people } }, { reasoning: "", value: { items: people.slice(-2) } });
    const seen: User[] = [];
    const list = streamUserList("…", { ...options(), maxCompletionTokens: 35, onTruncated: "continue" });
    for await (const person of list) seen.push(person);
    expect(seen).toEqual(people);
    expect((await list.withDetails()).attempts.map(({ finishReason }) => finishReason)).toEqual(["length", "tool_calls"]);
  });
});
