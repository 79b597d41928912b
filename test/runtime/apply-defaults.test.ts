import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fillDefaults } from "../../src/runtime/defaults.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import { extractAnyOf, extractOneOf } from "../../src/runtime/choice/extract-one-of.js";
import { streamOneOf } from "../../src/runtime/choice/stream-one-of.js";
import type { Plan, StreamSpec, Validator } from "../../src/runtime/spec.js";
import { stream as streamOne } from "../../src/runtime/stream.js";
import { parse } from "../../src/runtime/parse.js";
import {
  extractShop,
  extractShopList,
  isShop,
  parseShop,
  shopSpec,
  shopStreamSpec,
  streamShop,
  streamShopList,
} from "../golden/generate/defaults/generated/shop.js";
import { fakeClient } from "../stream/fake-client.js";
import { loopback, toolAnswer } from "./loopback.js";

/** As the model sends it: maps are lists of entries, tuples objects. */
const wire = {
  name: "Corner",
  offers: [{ title: "Tea", amount: 2 }],
  hours: [{ key: "mon", value: {} }],
  payment: { kind: "bank" },
  parent: { above: {} },
};
const decoded = {
  name: "Corner",
  offers: [{ title: "Tea", amount: 2 }],
  hours: { mon: {} },
  payment: { kind: "bank" },
  parent: { above: {} },
};
const own = JSON.parse('{"__proto__":"own"}') as object;
const whole = {
  name: "Corner",
  currency: "EUR",
  address: { country: "DE" },
  offers: [{ title: "Tea", amount: 2, currency: "EUR" }],
  hours: { mon: { open: true } },
  payment: { kind: "bank", country: "DE" },
  parent: Object.assign(JSON.parse('{"__proto__":"own"}') as object, { above: own }),
};

test("only where it is asked for: by the call, or by the configuration", async () => {
  await using server = await loopback(toolAnswer(wire, "extract_shop"));
  const { client } = server;
  expect(await extractShop("…", { client })).toEqual(decoded);
  expect(await extractShop("…", { client, applyDefaults: true })).toEqual(whole);
  const configured = { ...shopSpec, applyDefaults: true };
  expect(parse(configured, JSON.stringify(wire))).toEqual(whole);
  expect(parse(configured, JSON.stringify(wire), { applyDefaults: false })).toEqual(decoded);
  expect(parseShop(JSON.stringify(wire), { applyDefaults: true })).toEqual(whole);
});

test("validation judges the result: what a default supplies is not asked for again", async () => {
  const lacking = { ...wire, offers: [{ title: "Tea" }] };
  await using server = await loopback(toolAnswer(lacking, "extract_shop"));
  const { client } = server;
  const filled = await extractShop("…", { client, applyDefaults: true, maxRetries: 0 });
  expect(filled.offers).toEqual([{ title: "Tea", amount: 1, currency: "EUR" }]);
  await expect(extractShop("…", { client, maxRetries: 0 })).rejects.toMatchObject({ name: "InvalidOutputError" });
});

test("checks and transform see the filled value; what the model said is not replaced", async () => {
  await using server = await loopback(toolAnswer({ ...wire, currency: "USD" }, "extract_shop"));
  const seen: unknown[] = [];
  const value = await extractShop("…", {
    client: server.client,
    applyDefaults: true,
    validate: (shop) => void seen.push(shop.address),
    transform: (shop) => ({ ...shop, name: `${shop.name} ${shop.address?.country}` }),
  });
  expect(seen).toEqual([{ country: "DE" }]);
  expect(value.currency).toBe("USD");
  expect(value.name).toBe("Corner DE");
});

test("in lists, and in each item of a stream before it is handed out", async () => {
  const items = [wire, { name: "Second", offers: [{ title: "Milk" }] }];
  await using server = await loopback(toolAnswer({ items }, "extract_shop_list"));
  const list = await extractShopList("…", { client: server.client, applyDefaults: true });
  expect(list[0]).toEqual(whole);
  expect(list[1]?.offers).toEqual([{ title: "Milk", amount: 1, currency: "EUR" }]);

  const stream = streamShopList("…", { client: fakeClient(cut(JSON.stringify({ items }), 7)), applyDefaults: true });
  const seen: unknown[] = [];
  const result = stream.result;
  for await (const shop of stream) seen.push(shop);
  expect(seen).toEqual(list);
  expect((await result).every((shop, index) => shop === seen[index])).toBe(true);
});

test("a choice fills the type that was chosen", async () => {
  const choices = { shop: shopSpec };
  await using server = await loopback(
    toolAnswer({ result: { type: "shop", value: wire } }, "extract_shop"),
    toolAnswer({ items: [{ type: "shop", value: wire }] }, "extract_shop_list"),
  );
  const { client } = server;
  expect(await extractOneOf(choices, "…", { client, applyDefaults: true })).toEqual({ type: "shop", value: whole });
  expect(await extractAnyOf(choices, "…", { client, applyDefaults: true })).toEqual([{ type: "shop", value: whole }]);
  const pieces = cut(JSON.stringify({ result: { type: "shop", value: wire } }), 5);
  const stream = streamOneOf({ shop: shopStreamSpec }, "…", { client: fakeClient(pieces), applyDefaults: true });
  let last: unknown;
  for await (const partial of stream) last = partial;
  expect(last).toEqual({ type: "shop", value: whole });
  expect(await stream.result).toBe(last);
});

test("elements and fields of a choice, and behind a union, are filled as its snapshots are", async () => {
  const offers = [{ title: "Tea" }, { title: "Milk", amount: 3 }];
  const pieces = cut(JSON.stringify({ result: { type: "shop", value: { ...wire, offers } } }), 5);
  const stream = streamOneOf({ shop: shopStreamSpec }, "…", { client: fakeClient(pieces), applyDefaults: true });
  const [elements, fields] = [stream.elements("value.offers"), stream.fields()];
  const seen: unknown[] = [];
  const byPath = new Map<string, unknown>();
  const [result] = await Promise.all([
    stream.result,
    (async () => {
      for await (const offer of elements) seen.push(offer);
    })(),
    (async () => {
      for await (const { path, value } of fields) byPath.set(path.join("."), value);
    })(),
  ]);
  expect(seen).toEqual([
    { title: "Tea", amount: 1, currency: "EUR" },
    { title: "Milk", amount: 3, currency: "EUR" },
  ]);
  expect(seen.every((offer, at) => offer === result.value.offers?.[at])).toBe(true);
  expect(byPath.get("value.payment")).toEqual({ kind: "bank", country: "DE" });
  expect(byPath.get("value")).toBe(result.value);
});

const anything: Validator = () => true;

test("a list behind a union: the branch is told by what came before it", async () => {
  const parcel = { kind: "object", fields: { weight: { value: 1 } } } as const;
  const defaults: Parameters<typeof fillDefaults>[0] = {
    root: {
      kind: "object",
      fields: {
        load: {
          node: {
            kind: "union",
            byTag: { key: "by", cases: { ship: 0, road: 1 } },
            branches: [null, { kind: "object", fields: { parcels: { node: { kind: "list", rest: parcel } } } }],
          },
        },
      },
    },
  };
  const text = { kind: "text" } as const;
  const branch = {
    kind: "object",
    fields: {
      by: { node: { kind: "atom" } },
      parcels: { node: { kind: "list", item: { kind: "object", fields: { to: { node: text }, weight: { node: { kind: "atom" } } } } } },
    },
  } as const;
  const plan: Plan = {
    root: {
      kind: "object",
      fields: { load: { node: { kind: "union", branches: [branch, branch], byTag: { key: "by", cases: { ship: 0, road: 1 } } } } },
    },
  };
  interface Load {
    load: { by: string; parcels: { to: string; weight: number }[] };
  }
  const spec: StreamSpec<Load, Load> = {
    name: "Load",
    wire: shopSpec.wire,
    instructions: "Extract.",
    decode: (value) => value,
    validate: anything,
    fill: (value, at) => fillDefaults(defaults, value, at),
    handler: { plan, rare: rareKinds },
  };
  for (const [by, weight] of [
    ["ship", undefined],
    ["road", 1],
  ]) {
    for (let size = 1; size < 9; size++) {
      const client = fakeClient(cut(JSON.stringify({ load: { by, parcels: [{ to: "Bo" }] } }), size));
      const parcels: unknown[] = [];
      for await (const one of streamOne(spec, "…", { client, applyDefaults: true }).elements("load.parcels")) parcels.push(one);
      expect(parcels).toEqual([weight === undefined ? { to: "Bo" } : { to: "Bo", weight }]);
    }
  }
});

test("any split: every snapshot is what the value would be if the text ended there, and parts that don't change stay the same", async () => {
  const plan = planOf();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
      const pieces = cut(JSON.stringify(wire), size);
      const bare = streamShop("…", { client: fakeClient(pieces) });
      const [without, shown]: [unknown[], (typeof whole)[]] = [[], []];
      for await (const partial of bare) without.push(partial);
      const filled = streamShop("…", { client: fakeClient(pieces), applyDefaults: true });
      for await (const partial of filled) shown.push(partial as typeof whole);
      expect(shown).toEqual(without.map((partial) => fillDefaults(plan, partial)));
      expect(await filled.result).toBe(shown.at(-1));
      expect(shown.at(-1)).toEqual(whole);
      expect(new Set(shown.map(({ address }) => address)).size).toBe(1);
      const offers = shown.map((partial) => partial.offers);
      const last = offers.findIndex((list) => list[0]?.amount === 2);
      expect(new Set(offers.slice(last)).size).toBe(1);
    }),
    { numRuns: 25 },
  );
});

test("elements, fields and early judgement see the filled parts; live snapshots are filled too", async () => {
  const lacking = JSON.stringify({ ...wire, offers: [{ title: "Tea" }, { title: "Milk" }] });
  const stream = streamShop("…", { client: fakeClient(cut(lacking, 6)), applyDefaults: true, validateWhileStreaming: true, maxRetries: 0 });
  const [elements, fields] = [stream.elements("offers"), stream.fields()];
  const offers: unknown[] = [];
  const byPath = new Map<string, unknown>();
  await Promise.all([
    (async () => {
      for await (const offer of elements) offers.push(offer);
    })(),
    (async () => {
      for await (const { path, value } of fields) byPath.set(path.join("."), value);
    })(),
  ]);
  expect(offers).toEqual([
    { title: "Tea", amount: 1, currency: "EUR" },
    { title: "Milk", amount: 1, currency: "EUR" },
  ]);
  expect(byPath.get("offers")).toEqual(offers);
  expect(byPath.get("hours.mon")).toEqual({ open: true });
  const live = streamShop("…", { client: fakeClient(cut(JSON.stringify(wire), 9)), applyDefaults: true, live: true });
  for await (const partial of live) expect(partial.currency).toBe("EUR");
  expect(await live.result).toEqual(whole);
});

test("the type's own guard does not fill", () => {
  expect(isShop({ ...decoded, offers: [{ title: "Tea" }] })).toBe(false);
});

function planOf(): Parameters<typeof fillDefaults>[0] {
  // What the golden codec has, for the part of the schema that the answer speaks of.
  return {
    root: {
      kind: "object",
      fields: {
        currency: { value: "EUR" },
        address: { value: { country: "DE" }, node: { kind: "object", fields: { country: { value: "DE" } } } },
        offers: {
          value: [],
          node: { kind: "list", rest: { kind: "object", fields: { amount: { value: 1 }, currency: { value: "EUR" } } } },
        },
        hours: { node: { kind: "object", fields: {}, rest: { kind: "object", fields: { open: { value: true } } } } },
        payment: {
          node: {
            kind: "union",
            branches: [
              { kind: "object", fields: { brand: { value: "visa" } } },
              { kind: "object", fields: { country: { value: "DE" } } },
            ],
            byTag: { key: "kind", cases: { card: 0, bank: 1 } },
          },
        },
        parent: { node: { kind: "ref", to: "Node" } },
      },
    },
    defs: JSON.parse(
      '{"Node":{"kind":"object","fields":{"__proto__":{"value":"own"},"above":{"node":{"kind":"ref","to":"Node"}}}}}',
    ) as NonNullable<Parameters<typeof fillDefaults>[0]["defs"]>,
  };
}

function cut(text: string, size: number): string[] {
  return text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
}
