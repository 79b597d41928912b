import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamFileTreeList } from "../../generated/file-tree.js";
import type { ChatClient } from "../../src/runtime/options.js";
import { split, splits } from "./arbitraries.js";
import { fakeClient } from "./fake-client.js";
import { all, cut } from "./read-pieces.js";

const hard = Number(process.env["TEST_HARDER"] ?? 0);
const numRuns = hard > 1 ? hard : hard === 1 ? 10_000 : 300;

/** An item is right, can be mended, or can't. */
type Fate = "right" | "mendable" | "wrong";

const fates = fc.array(fc.constantFrom<Fate>("right", "right", "mendable", "wrong"), { maxLength: 6 });
/** Where the text is no JSON: nowhere, from its beginning, behind an item, at its end. */
const messes = fc.oneof(fc.constantFrom("none", "fence", "comma"), fc.nat(5));

describe("a messy list hands out each item once, and its result holds the same", () => {
  test("skip: what is not right is left out, and what could be mended is not, once the text had to be", async () => {
    await fc.assert(
      fc.asyncProperty(fates, messes, splits, async (given, mess, lengths) => {
        const text = written(given, mess);
        const isMessy = !isJson(text);
        const list = streamFileTreeList("text", { client: fakeClient(split(text, lengths)), onInvalidItem: "skip", maxRetries: 0 });
        const items = await all(list).catch(() => undefined);
        const kept = given.flatMap((fate, at) => (fate === "right" || (isMessy && fate === "mendable") ? [item("right", at)] : []));
        // Without any that is right a messy text is no list of them.
        if (isMessy && kept.length === 0 && given.length > 0) {
          expect(items).toBeUndefined();
          return;
        }
        const { value, invalidItems } = await list.withDetails();
        expect(value, text).toEqual(kept);
        expect(sorted(items ?? []), text).toEqual(sorted(kept));
        expect(invalidItems?.skipped ?? 0).toBe(given.length - kept.length);
      }),
      { numRuns },
    );
  });

  test("throw: all that could be mended is, and an item that could not ends the list", async () => {
    await fc.assert(
      fc.asyncProperty(fates, messes, splits, async (given, mess, lengths) => {
        const text = written(given, mess);
        const list = streamFileTreeList("text", { client: fakeClient(split(text, lengths)), maxRetries: 0 });
        const items = await all(list).catch(() => undefined);
        expect(items, text).toEqual(given.includes("wrong") ? undefined : given.map((_, at) => item("right", at)));
      }),
      { numRuns },
    );
  });

  test("repair: what is not right is asked for again once", async () => {
    const text = written(["right", "wrong", "mendable", "right"], 2);
    for (const size of [1, 7, text.length]) {
      const client = mendingClient(cut(text, size));
      const list = streamFileTreeList("text", { client, onInvalidItem: "repair" });
      const items = await all(list);
      const value = await list.result;
      expect(sorted(items)).toEqual(sorted(value));
      expect(value).toEqual([0, 1, 2, 3].map((at) => item("right", at)));
      expect(new Set(client.asked).size).toBe(client.asked.length);
    }
  });
});

test("a second answer that has to be mended from its beginning hands out its items, whatever the first one gave", async () => {
  const [first, second] = [written(["right", "right", "wrong"], "none"), written(["right", "right", "right"], "fence")];
  const list = streamFileTreeList("text", { client: fakeClient(cut(first, 5), cut(second, 5)) });
  expect(await list.result).toHaveLength(3);
  expect(await all(list)).toEqual([0, 1, 2].map((at) => item("right", at)));
});

function item(fate: Fate, at: number): unknown {
  return { name: `${at}`, size: fate === "right" ? at : fate === "mendable" ? `${at}` : "big", children: [] };
}

function written(given: readonly Fate[], mess: string | number): string {
  const items = given.map((fate, at) => JSON.stringify(item(fate, at)) + (mess === at ? " /* so */" : ""));
  const text = `{"items":[${items.join(",")}${mess === "comma" && items.length > 0 ? "," : ""}]}`;
  return mess === "fence" ? `\`\`\`json\n${text}\n\`\`\`` : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function sorted(items: readonly unknown[]): readonly string[] {
  return items.map((one) => JSON.stringify(one)).toSorted();
}

interface Body {
  readonly stream?: boolean;
  readonly messages: readonly { readonly content: string }[];
  readonly tools: readonly { readonly function: { readonly name: string } }[];
}

/** Answers with a list, and with a right item where one is asked for again. */
function mendingClient(pieces: readonly string[]): ChatClient & { readonly asked: string[] } {
  const streaming = fakeClient(pieces);
  const asked: string[] = [];
  const create = (body: Body): unknown => {
    if (body.stream === true) return streaming.chat.completions.create(body as never);
    const at = /"name": "(\d)"/.exec(body.messages.at(-1)?.content ?? "")?.[1] ?? "";
    asked.push(at);
    const call = {
      id: "c",
      type: "function",
      function: { name: body.tools[0]?.function.name, arguments: JSON.stringify(item("right", Number(at))) },
    };
    return {
      id: "r",
      model: "m",
      choices: [{ index: 0, finish_reason: "tool_calls", message: { role: "assistant", tool_calls: [call] } }],
    };
  };
  return { asked, chat: { completions: { create } } };
}
