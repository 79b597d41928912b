// The documents of the bench: synthetic, the same on every run.

const text = { kind: "text" };
const atom = { kind: "atom" };
const list = (item) => ({ kind: "list", item });
const object = (fields) => ({ kind: "object", fields: Object.fromEntries(Object.entries(fields).map(([key, node]) => [key, { node }])) });

const words = "the quick brown fox jumps over a lazy dog while seven wizards quietly box with five dozen liquor jugs".split(" ");
const phrase = (seed, count) => Array.from({ length: count }, (_, at) => words[(seed * 7 + at * 3) % words.length]).join(" ");

const userPlan = object({
  name: text,
  age: atom,
  email: atom,
  addresses: list(object({ street: text, city: text, zip: atom })),
  active: atom,
});
const user = {
  name: "Ada Lovelace",
  age: 36,
  email: "ada@example.org",
  addresses: [
    { street: "12 St James's Square", city: "London", zip: "SW1Y 4JH" },
    { street: "Ockham Park", city: "Ockham", zip: "GU23 6NQ" },
  ],
  active: true,
};

const orderPlan = object({
  id: atom,
  customer: object({ name: text, email: atom, phone: atom }),
  status: atom,
  total: atom,
  notes: text,
  lines: list(object({ sku: atom, title: text, quantity: atom, price: atom, tags: list(atom) })),
  shipping: object({ street: text, city: text, country: atom, express: atom }),
});
const order = {
  id: "ord_20260612_000381",
  customer: { name: "Grace Hopper", email: "grace@example.org", phone: "+1 202 555 0142" },
  status: "shipped",
  total: 1284.5,
  notes: phrase(3, 30),
  lines: Array.from({ length: 11 }, (_, at) => ({
    sku: `SKU-${1000 + at * 37}`,
    title: phrase(at, 6),
    quantity: (at % 4) + 1,
    price: 19.99 + at * 3,
    tags: ["new", at % 2 ? "sale" : "fragile"],
  })),
  shipping: { street: "1 Navy Yard", city: "Washington", country: "US", express: false },
};

const personFields = {
  name: text,
  age: atom,
  email: atom,
  city: text,
  role: atom,
  score: atom,
  active: atom,
  tags: list(atom),
  address: object({ street: text, zip: atom }),
  bio: text,
};
const person = (at) => ({
  name: phrase(at, 2),
  age: 20 + (at % 50),
  email: `person${at}@example.org`,
  city: words[at % words.length],
  role: ["admin", "user", "guest"][at % 3],
  score: ((at * 37) % 1000) / 10,
  active: at % 3 !== 0,
  tags: ["a", "bc"].slice(0, at % 3),
  address: { street: `${at} Main Street`, zip: String(10000 + at) },
  bio: phrase(at + 5, 4),
});
const peoplePlan = object({ people: list(object(personFields)) });
const people = (count) => ({ people: Array.from({ length: count }, (_, at) => person(at)) });

const deep = (levels) => {
  let node = text;
  let value = "the bottom of it";
  for (let at = levels; at > 0; at--) {
    node = object({ title: text, level: atom, child: node });
    value = { title: phrase(at, 4), level: at, child: value };
  }
  return { plan: { root: node }, value };
};

const escapes = Array.from(
  { length: 40 },
  (_, at) => `line "${at}"\n\tpath C:\\temp\\${at} \u00fcn\u00efc\u00f6d\u00e9 \ud83d\ude00 ${phrase(at, 6)}`,
);

/** By name: a plan, the value, and its text as a model writes it. */
export const documents = Object.fromEntries(
  Object.entries({
    "0.2 KB": { plan: { root: userPlan }, value: user },
    "2 KB": { plan: { root: orderPlan }, value: order },
    "20 KB": { plan: { root: peoplePlan }, value: people(92) },
    "200 KB": { plan: { root: peoplePlan }, value: people(915) },
    "1 MB": { plan: { root: peoplePlan }, value: people(4540) },
    "50 KB string": { plan: { root: object({ title: text, body: text }) }, value: { title: "t", body: phrase(1, 9800) } },
    "60 levels": deep(60),
    escapes: { plan: { root: object({ lines: list(text) }) }, value: { lines: escapes } },
  }).map(([name, { plan, value }]) => [name, { plan, value, text: JSON.stringify(value) }]),
);

/** Pieces as an SSE client hands them on: each a string of its own, out of JSON.parse, not a slice of a long one. */
export function cut(text, size) {
  const pieces = [];
  for (let at = 0; at < text.length; at += size) pieces.push(JSON.parse(JSON.stringify(text.slice(at, at + size))));
  return pieces;
}
