import * as fc from "fast-check";
import { expect, test } from "vitest";
import { streamFileTree, streamFileTreeList } from "../../generated/file-tree.js";
import { streamUser, streamUserList } from "../../generated/user.js";
import { split, splits } from "./arbitraries.js";
import { fakeClient } from "./fake-client.js";
import { all } from "./read-pieces.js";

const hard = Number(process.env["TEST_HARDER"] ?? 0);
const numRuns = hard > 1 ? hard : hard === 1 ? 10_000 : 200;
const names = fc.constantFrom("Ada", "Bob", "Ad", "ada", "Adam", "Eve", "");
const allowed = ["Ada", "Bob", "Adam"];
const modes = fc.constantFrom("tools", "json_schema", "json_object");

/** Where the API holds the answer to nothing, a value in another case is mended. */
function mended(name: string, isHeld: boolean): string {
  return name === "ada" && !isHeld ? "Ada" : name;
}

test("5: of a place that a call narrows, nothing shows but its values, however the answer is cut", async () => {
  await fc.assert(
    fc.asyncProperty(names, fc.boolean(), modes, splits, fc.boolean(), async (name, isFirst, mode, lengths, isTree) => {
      const rest = isTree ? { size: 1, children: [{ name: "Zoe", size: 2, children: [] }] } : { age: 36 };
      const value = isFirst ? { name, ...rest } : { ...rest, name };
      const options = {
        client: fakeClient(split(JSON.stringify(value), lengths)),
        mode,
        maxRetries: 0,
        narrow: { name: allowed },
      } as const;
      const stream = isTree ? streamFileTree("text", options) : streamUser("text", options);
      const seen: (string | undefined)[] = [];
      const end = await (async () => {
        for await (const part of stream) seen.push(part.name);
        return stream.result;
      })().catch(() => undefined);
      const meant = mended(name, !isTree && mode !== "json_object");
      expect(
        seen.every((part) => part === undefined || (part === meant && allowed.includes(part))),
        `${name}: ${seen.join()}`,
      ).toBe(true);
      expect(end).toEqual(allowed.includes(meant) ? { ...value, name: meant } : undefined);
    }),
    { numRuns },
  );
});

test("9: a list hands out no item that is not of the values that its call narrows; such a one can be left out", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(names, { maxLength: 5 }),
      modes,
      splits,
      fc.boolean(),
      fc.boolean(),
      async (given, mode, lengths, isTree, skips) => {
        const items = given.map((name) => (isTree ? { name, size: null, children: [] } : { name, age: 1 }));
        const client = fakeClient(split(JSON.stringify({ items }), lengths));
        const onInvalidItem = skips ? "skip" : "throw";
        const options = { client, mode, maxRetries: 0, narrow: { name: allowed }, onInvalidItem } as const;
        const stream = isTree ? streamFileTreeList("text", options) : streamUserList("text", options);
        const result = stream.result.catch(() => undefined);
        const seen: { readonly name: string }[] = [];
        await (async () => {
          for await (const item of stream) seen.push(item);
        })().catch(() => undefined);
        // What is left out is the item's business, and is not mended.
        const isHeld = skips || (!isTree && mode !== "json_object");
        const meant = items.map((item) => ({ ...item, name: mended(item.name, isHeld) }));
        const right = meant.filter(({ name }) => allowed.includes(name));
        expect(await result).toEqual(skips || right.length === items.length ? right : undefined);
        expect(
          seen.every(({ name }) => allowed.includes(name)),
          JSON.stringify([given, seen]),
        ).toBe(true);
        if (skips) expect(seen).toEqual(right);
      },
    ),
    { numRuns },
  );
});

test("what is told of it names its values, and the items before it are kept", async () => {
  const [ada, eve, bob] = ["Ada", "Eve", "Bob"].map((name) => ({ name, age: 1 }));
  const bodies: string[] = [];
  const answers = fakeClient(pieces(ada, eve, bob), pieces(bob));
  const create = (body: never): unknown => (bodies.push(JSON.stringify(body)), answers.chat.completions.create(body));
  const client = { chat: { completions: { create } } };
  expect(await all(streamUserList("text", { client, mode: "json_object", narrow: { name: allowed } }))).toEqual([ada, bob]);
  expect(bodies[1]).toMatch(/1\.name expected .*Ada.*Adam.*found .*Eve/);
});

function pieces(...items: readonly unknown[]): string[] {
  return split(JSON.stringify({ items }), [4]);
}
