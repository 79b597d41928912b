import { describe, expect, expectTypeOf, test } from "vitest";
import { AbortedError } from "../../src/runtime/errors/aborted-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { LimitExceededError } from "../../src/runtime/errors/limit-exceeded-error.js";
import type { JsonLimits } from "../../src/runtime/options.js";
import { stream, streamList } from "../../src/runtime/stream.js";
import { fakeClient } from "./fake-client.js";
import { type Profile, type ProfilePartial, profile, profileSpec } from "./profile-spec.js";
import { all, cut } from "./read-pieces.js";

const text = JSON.stringify(profile);

describe("iterating a stream", () => {
  test("promises 6 and 7: snapshots grow, none twice, and the last is the result", async () => {
    const users = stream(profileSpec(), "text", { client: fakeClient(cut(text, 3)) });
    const seen = await all(users);
    expectTypeOf(seen).toEqualTypeOf<ProfilePartial[]>();
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.at(-1)).toEqual(profile);
    expect(await users.result).toBe(seen.at(-1));
  });

  test("a late iterator sees where the stream is, and its end", async () => {
    const users = stream(profileSpec(), "text", { client: fakeClient([text]) });
    await users.result;
    expect(await all(users)).toEqual([profile]);
  });

  test("who does not ask for the details does not pay for them", async () => {
    let decoded = 0;
    const spec = { ...profileSpec(), decode: (wire: unknown) => (decoded++, wire) };
    const users = stream(spec, "text", { client: fakeClient(cut(text, 3)) });
    await all(users);
    expect([await users.result, decoded]).toEqual([profile, 0]);
    const { value, model } = await users.withDetails();
    expect([value, model, decoded]).toEqual([profile, "gpt-oss-120b", 1]);

    const list = streamList(spec, "text", { client: fakeClient([`{"items":[${text}]}`]) });
    await all(list);
    expect([await list.result, decoded]).toEqual([[profile], 1]);
  });

  test("live: one object that grows in place", async () => {
    const seen = await all(stream(profileSpec(), "text", { client: fakeClient(cut(text, 3)), live: true }));
    expect(new Set(seen).size).toBe(1);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen[0]).toEqual(profile);
  });
});

describe("promise 10: consumers", () => {
  test("leaving the last iterator ends the request", async () => {
    const client = fakeClient(cut(text, 3));
    for await (const partial of stream(profileSpec(), "text", { client })) if (partial.age !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.closed).toEqual([true]);
    expect(client.read[0]).toBeLessThan(cut(text, 3).length);
  });

  test("a requested result keeps it going", async () => {
    const client = fakeClient(cut(text, 3));
    const users = stream(profileSpec(), "text", { client });
    const { result } = users;
    for await (const _ of users) break;
    expect(await result).toEqual(profile);
    expect(client.closed).toEqual([false]);
  });

  test("an unread failure does not kill the process, a read one reaches everybody", async () => {
    const unread = stream(profileSpec(), "text", { client: fakeClient(["{nonsense"]), maxRetries: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(unread.result).rejects.toThrow(InvalidOutputError);
    await expect(unread.withDetails()).rejects.toThrow(InvalidOutputError);
    await expect(all(unread)).rejects.toThrow(InvalidOutputError);
    await expect(all(unread.elements("addresses"))).rejects.toThrow(InvalidOutputError);
    await expect(all(unread.fields())).rejects.toThrow(InvalidOutputError);
    await expect(all(unread.text("summary"))).rejects.toThrow(InvalidOutputError);
  });

  test("abort, by the method and by the signal", async () => {
    const first = stream(profileSpec(), "text", { client: fakeClient(cut(text, 3)) });
    first.abort("enough");
    await expect(all(first)).rejects.toThrow(AbortedError);
    const controller = new AbortController();
    const second = stream(profileSpec(), "text", { client: fakeClient(cut(text, 3)), signal: controller.signal });
    const reading = (async () => {
      for await (const _ of second) controller.abort("gone");
    })();
    await expect(reading).rejects.toMatchObject({ cause: "gone" });
  });

  test("the slowest sets the pace", async () => {
    const items = Array.from({ length: 2000 }, (_, at) => ({ name: `n${at}`, age: at }));
    const client = fakeClient(items.map((item, at) => (at === 0 ? '{"items":[' : ",") + JSON.stringify(item)).concat("]}"));
    const list = streamList(profileSpec(), "text", { client });
    const iterator = list[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(client.read[0]).toBeLessThan(200);
    let count = 1;
    while ((await iterator.next()).done !== true) count++;
    expect(count).toBe(2000);
  });
});

describe("parts of a stream", () => {
  test("elements, each once, when it closes", async () => {
    const client = fakeClient(cut(text, 3));
    const users = stream(profileSpec(), "text", { client });
    const cities: string[] = [];
    let early = 0;
    for await (const address of users.elements("addresses")) {
      expectTypeOf(address).toEqualTypeOf<Profile["addresses"][number]>();
      if (cities.push(address.city) === 1) early = client.read[0] ?? 0;
    }
    expect(cities).toEqual(["London", "Ockham"]);
    expect(early).toBeLessThan(cut(text, 3).length);
    const nested = stream(profileSpec(), "text", { client: fakeClient([text]) });
    expect(await all(nested.elements("addresses.lines"))).toEqual(["12 St James's Square", "SW1"]);
  });

  test("promise 9: an element is validated before it is handed out; the answer is asked for again", async () => {
    const bad = JSON.stringify({ ...profile, addresses: [{ city: "Nowhere", lines: [] }] });
    const client = fakeClient(cut(bad, 5), cut(text, 5));
    const users = stream(profileSpec(), "text", { client });
    const details = users.withDetails();
    expect((await all(users.elements("addresses"))).map(({ city }) => city)).toEqual(["London", "Ockham"]);
    const { attempts } = await details;
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["invalid", "ok"]);
    expect(attempts[0]?.issues?.[0]?.path).toEqual(["addresses", 0]);
  });

  test("what was handed out can't be taken back: a new answer ends the iteration with an error", async () => {
    const bad = JSON.stringify({ ...profile, addresses: [...profile.addresses, { city: "Nowhere", lines: [] }] });
    const users = stream(profileSpec(), "text", { client: fakeClient(cut(bad, 5), cut(text, 5)) });
    const given: string[] = [];
    await expect(
      (async () => {
        for await (const { city } of users.elements("addresses")) given.push(city);
      })(),
    ).rejects.toThrow("handed out");
    expect(given).toEqual(["London", "Ockham"]);
  });

  test("fields, when each is complete", async () => {
    const fields = await all(stream(profileSpec(), "text", { client: fakeClient(cut(text, 3)) }).fields());
    expect(fields.map(({ path }) => path.join("."))).toEqual([
      "name",
      "age",
      "role",
      "summary",
      "addresses.0.city",
      "addresses.0.lines",
      "addresses.1.city",
      "addresses.1.lines",
      "addresses",
    ]);
    expect(fields[1]).toEqual({ path: ["age"], value: 36 });
    expect(fields.at(-1)?.value).toEqual(profile.addresses);
  });

  test("text deltas, never half a character, together the whole", async () => {
    const users = stream(profileSpec(), "text", { client: fakeClient(cut(text, 1)) });
    const [name, line] = await Promise.all([all(users.text("name")), all(users.text("addresses.0.lines.0"))]);
    expect(name.join("")).toBe(profile.name);
    expect(name).toContain("\ud83d\ude00");
    expect(line.join("")).toBe("12 St James's Square");
  });

  test("state tells how far a place has come", async () => {
    const users = stream(profileSpec(), "text", { client: fakeClient(cut(text, 1)) });
    const seen = new Set<string>();
    for await (const _ of users) seen.add(["name", "age", "addresses", "addresses.0.city"].map((path) => users.state(path)).join(" "));
    expect([...seen]).toEqual([
      "pending pending pending pending",
      "growing pending pending pending",
      "complete complete pending pending",
      "complete complete growing pending",
      "complete complete growing growing",
      "complete complete growing complete",
    ]);
    expect(["addresses", "addresses.1.city", "", "unknown"].map((path) => users.state(path))).toEqual([
      "complete",
      "complete",
      "complete",
      "pending",
    ]);
  });

  test("validateWhileStreaming ends an invalid answer at the first refused part", async () => {
    const bad = JSON.stringify({ addresses: [{ city: "Nowhere", lines: [] }], summary: "x".repeat(2000) });
    const client = fakeClient(cut(bad, 5), [text]);
    const details = await stream(profileSpec(), "text", { client, validateWhileStreaming: true }).withDetails();
    expect(details.value).toEqual(profile);
    expect(client.read[0]).toBeLessThan(20);
  });
});

describe("lists", () => {
  const people = [
    { name: "a", age: 1 },
    { name: "b", age: 2 },
  ];

  test("items as they close, decoded and validated", async () => {
    const client = fakeClient(cut(JSON.stringify({ items: people }), 3));
    const list = streamList(profileSpec(), "text", { client });
    expect(await all(list)).toEqual(people);
  });

  test("the whole list for who asks before iterating", async () => {
    const list = streamList(profileSpec(), "text", { client: fakeClient(cut(JSON.stringify({ items: people }), 3)) });
    const { result } = list;
    expect(await all(list)).toEqual(people);
    expect(await result).toEqual(people);
  });

  test("an array without the object around it, as a guided model may write", async () => {
    expect(await all(streamList(profileSpec(), "text", { client: fakeClient([JSON.stringify(people)]) }))).toEqual(people);
  });

  test("an invalid item: throw asks again for what comes after those handed out", async () => {
    const bad = JSON.stringify({ items: [people[0], { name: "b" }] });
    const client = fakeClient(cut(bad, 3), [JSON.stringify({ items: [people[1]] })]);
    expect(await all(streamList(profileSpec(), "text", { client }))).toEqual(people);
    const last = streamList(profileSpec(), "text", { client: fakeClient([bad]), maxRetries: 0 });
    await expect(all(last)).rejects.toMatchObject({ issues: [{ path: [1] }] });
  });

  test("an invalid item that is not even of its plan's types is one like others", async () => {
    for (const wrong of [{ name: { first: "b" }, age: 2 }, { name: 5 }, 7, null, [], { name: "b", addresses: [{ city: [] }] }]) {
      const items = [people[0], wrong, wrong, people[1], wrong];
      for (const live of [false, true]) {
        const client = fakeClient(cut(JSON.stringify({ items }), 3));
        const list = streamList(profileSpec(), "text", { client, onInvalidItem: "skip", maxRetries: 0, live });
        const details = list.withDetails();
        expect(await all(list), JSON.stringify(wrong)).toEqual(people);
        expect((await details).value).toEqual(people);
        expect((await details).invalidItems).toEqual({ skipped: 3, repaired: 0 });
      }
      const client = fakeClient(
        [...cut(JSON.stringify({ items: [people[0], wrong] }), 3), "x".repeat(100)],
        [JSON.stringify({ items: [people[1]] })],
      );
      expect(await all(streamList(profileSpec(), "text", { client }))).toEqual(people);
    }
  });

  test("an invalid item: skip leaves it out and counts", async () => {
    const client = fakeClient([JSON.stringify({ items: [people[0], { name: "b" }, people[1]] })]);
    const list = streamList(profileSpec(), "text", { client, onInvalidItem: "skip" });
    const details = list.withDetails();
    expect(await all(list)).toEqual(people);
    expect((await details).warnings).toContain("1 invalid items were left out.");
    expect((await details).value).toEqual(people);
  });
});

function answered(answer: string, limits: JsonLimits): Promise<unknown> {
  return stream(profileSpec(), "text", { client: fakeClient(cut(answer, 7)), limits, maxRetries: 0 }).result;
}

test("promise 11: limits have a typed error", async () => {
  await expect(answered("[[[[1]]]]", { depth: 3 })).rejects.toMatchObject({ limited: "depth", limit: 3 });
  await expect(answered('"12345678901234567890"', { stringLength: 10 })).rejects.toMatchObject({ limited: "stringLength" });
  await expect(answered("[1,2,3,4,5,6,7,8,9]", { textLength: 10 })).rejects.toThrow(LimitExceededError);
  await expect(answered("[1,2,3]", { listLength: 2 })).rejects.toMatchObject({ limited: "listLength" });
});
