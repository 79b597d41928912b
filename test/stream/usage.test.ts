import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type Contact, streamContact } from "../../generated/contact.js";
import { AbortedError } from "../../src/runtime/errors/aborted-error.js";
import { ExtractionError } from "../../src/runtime/errors/extraction-error.js";
import { InvalidOutputError } from "../../src/runtime/errors/invalid-output-error.js";
import { type Responder, events, loopback, toolStream } from "../runtime/loopback.js";
import { fakeClient } from "./fake-client.js";
import { all, cut } from "./read-pieces.js";

const address = (city: string): NonNullable<Contact["addresses"]>[number] => ({ street: `1 ${city} Road`, city, country: "England" });
const ada: Contact = { name: "Ada 😀 Lovelace", age: 36, addresses: [address("London"), address("Ockham"), address("Marylebone")] };
const text = JSON.stringify(ada);

/** Sends the events one by one, with a pause where `slow` says so. */
function slowly(body: string, pauses: (at: number) => number): Responder {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const [at, event] of body.split(/(?<=\n\n)/).entries()) {
      if (pauses(at) > 0) await wait(pauses(at));
      if (!response.write(event)) await new Promise((done) => response.once("drain", done));
    }
    response.end();
  };
}

describe("readers of one stream, over a connection", () => {
  test("all kinds at once, and two of a kind: each sees everything", async () => {
    await using server = await loopback(slowly(toolStream(cut(text, 7), "extract_contact"), () => 1));
    const contact = streamContact("…", { client: server.client });
    const [partials, again, addresses, cities, fields, name, result] = await Promise.all([
      all(contact),
      all(contact),
      all(contact.elements("addresses")),
      all(contact.elements("addresses")),
      all(contact.fields()),
      all(contact.text("name")),
      contact.result,
    ]);
    expect(partials.at(-1)).toBe(result);
    expect(again.at(-1)).toBe(result);
    expect(addresses).toEqual(ada.addresses);
    expect(cities).toEqual(ada.addresses);
    expect(addresses.every((one, at) => one === result.addresses?.[at])).toBe(true);
    expect(fields.map(({ path }) => path.join(".")).at(-1)).toBe("addresses");
    expect(name.join("")).toBe(ada.name);
    expect(server.requests).toHaveLength(1);
  });

  test("who comes late misses nothing, at whatever point of the answer", async () => {
    const names = [
      "name",
      "age",
      ...[0, 1, 2].flatMap((at) => ["street", "city", "country"].map((key) => `addresses.${at}.${key}`)),
      "addresses",
    ];
    for (let pieces = 0; pieces <= text.length; pieces += 5) {
      const contact = streamContact("…", { client: fakeClient(cut(text, 5)) });
      const { result } = contact;
      const iterator = contact[Symbol.asyncIterator]();
      for (let pulls = 0; pulls * 5 < pieces; pulls++) if ((await iterator.next()).done === true) break;
      const parts = Promise.all([
        all(contact.elements("addresses")),
        all(contact.fields()),
        all(contact.text("name")),
        all(contact.text("addresses.1.city")),
      ]);
      while ((await iterator.next()).done !== true);
      const [addresses, fields, name, city] = await parts;
      expect(addresses, `after ${pieces}`).toEqual(ada.addresses);
      expect(fields.map(({ path }) => path.join("."))).toEqual(names);
      expect(name.join("")).toBe(ada.name);
      expect(city.join("")).toBe("Ockham");
      expect(await result).toEqual(ada);
    }
  });

  test("after the end, parts of the value; after a failure, the failure", async () => {
    const contact = streamContact("…", { client: fakeClient(cut(text, 5)) });
    await contact.result;
    expect(await all(contact.elements("addresses"))).toEqual(ada.addresses);
    expect((await all(contact.fields())).at(-1)).toEqual({ path: ["addresses"], value: ada.addresses });
    expect((await all(contact.text("name"))).join("")).toBe(ada.name);
    const failed = streamContact("…", { client: fakeClient(['{"name":"Ada"']), maxRetries: 0 });
    await expect(failed.result).rejects.toThrow(InvalidOutputError);
    await expect(all(failed.elements("addresses"))).rejects.toThrow(InvalidOutputError);
    await expect(all(failed.text("name"))).rejects.toThrow(InvalidOutputError);
  });

  test("a late reader is not given an element that is not valid: the answer is asked for again", async () => {
    const bad = JSON.stringify({ ...ada, addresses: [{ city: "Nowhere" }, ...(ada.addresses ?? [])] });
    const client = fakeClient(cut(bad, 5), cut(text, 5));
    const contact = streamContact("…", { client });
    const iterator = contact[Symbol.asyncIterator]();
    while (((await iterator.next()).value?.addresses?.length ?? 0) < 2);
    const addresses = all(contact.elements("addresses"));
    while ((await iterator.next()).done !== true);
    expect(await addresses).toEqual(ada.addresses);
    expect(client.read[0]).toBeLessThan(cut(bad, 5).length);
  });

  test("one that leaves early does not disturb the others", async () => {
    await using server = await loopback(slowly(toolStream(cut(text, 7), "extract_contact"), () => 1));
    const contact = streamContact("…", { client: server.client });
    const [first, partials] = await Promise.all([
      (async () => {
        for await (const one of contact.elements("addresses")) return one;
        return undefined;
      })(),
      all(contact),
      (async () => {
        for await (const _ of contact.text("name")) break;
      })(),
    ]);
    expect(first).toEqual(ada.addresses?.[0]);
    expect(partials.at(-1)).toEqual(ada);
  });

  test("an error that the reader throws is the reader's, and ends the request when it was the last", async () => {
    let isClosed = false;
    await using server = await loopback((response) => {
      response.on("close", () => (isClosed = true));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(toolStream(cut(text, 7), "extract_contact").split("\n\n").slice(0, 8).join("\n\n") + "\n\n");
    });
    const contact = streamContact("…", { client: server.client });
    const mine = new Error("mine");
    await expect(
      (async () => {
        for await (const _ of contact) throw mine;
      })(),
    ).rejects.toBe(mine);
    await expect.poll(() => isClosed).toBe(true);
    // Whoever asks afterwards is told why there is no value.
    await expect(contact.result).rejects.toThrow(AbortedError);
  });

  test("the result after an abort is that error, with the reason as its cause, however often it is asked for", async () => {
    await using server = await loopback(slowly(toolStream(cut(text, 7), "extract_contact"), () => 5));
    const contact = streamContact("…", { client: server.client });
    for await (const partial of contact) if (partial.name !== undefined) break;
    contact.abort("changed my mind");
    for (let time = 0; time < 2; time++) await expect(contact.result).rejects.toThrow(AbortedError);
    await expect(all(contact)).rejects.toThrow(AbortedError);
    const other = streamContact("…", { client: server.client });
    const { result } = other;
    other.abort("changed my mind");
    await expect(result).rejects.toMatchObject({ cause: "changed my mind" });
  });

  test("a signal that is aborted before the start: nothing is sent, and every kind of reader is told", async () => {
    await using server = await loopback(events(toolStream(cut(text, 7), "extract_contact")));
    const contact = streamContact("…", { client: server.client, signal: AbortSignal.abort("too late") });
    for (const reading of [
      all(contact),
      all(contact.elements("addresses")),
      all(contact.fields()),
      all(contact.text("name")),
      contact.result,
    ])
      await expect(reading).rejects.toMatchObject({ name: "AbortedError", cause: "too late" });
    expect(server.requests).toHaveLength(0);
  });

  test("for await twice, one after the other: the second sees the whole value", async () => {
    const contact = streamContact("…", { client: fakeClient(cut(text, 5)) });
    await all(contact);
    expect(await all(contact)).toEqual([ada]);
    const broken = streamContact("…", { client: fakeClient(cut(text, 5)) });
    const { result } = broken;
    for await (const _ of broken) break;
    expect((await all(broken)).at(-1)).toEqual(ada);
    await result;
  });

  test("next() and return() after the end, and several at once", async () => {
    const contact = streamContact("…", { client: fakeClient(cut(text, 5)) });
    const iterator = contact.elements("addresses");
    const first = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
    expect(first.filter(({ done }) => done !== true).map(({ value }) => value)).toEqual(ada.addresses);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test("a new answer: snapshots begin anew, parts that were read end with an error, the others go on", async () => {
    const bad = JSON.stringify({ name: "Bob", age: -5, addresses: [address("Bath")] });
    const client = fakeClient(cut(bad, 5), cut(text, 5));
    const contact = streamContact("…", { client });
    const cities = contact.elements("addresses");
    const names = all(contact.text("name"));
    const later = contact.text("addresses.2.city");
    const partials = all(contact);
    names.catch(() => {});
    const reading = (async () => {
      for await (const _ of cities);
    })();
    await expect(reading).rejects.toThrow(/handed out/);
    await expect(names).rejects.toThrow(ExtractionError);
    expect((await all(later)).join("")).toBe("Marylebone");
    expect((await partials).at(-1)).toEqual(ada);
  });
});
