/** What the suite's texts say, and what the emulator answers to them. Shared by both sides of the wire, so it imports nothing. */
export const texts = {
  user: "John Smith is 29 years old.",
  users: "Ivan is 27, Olga is 31, and Pyotr is 64.",
  contact: "Amelia Earhart, 39, of Atchison and Los Angeles.",
  meeting: "Priya: let's meet on the release in the Turing room.",
  order: "Order AB-12, one kettle at 25 euro, placed on May 1st 2026 at 12 UTC.",
  tree: "src holds main.ts (120 bytes).",
  either: "A user or an order?",
} as const;

export const john = { name: "John Smith", age: 29 };

export const users = [
  { name: "Ivan", age: 27 },
  { name: "Olga", age: 31 },
  { name: "Pyotr", age: 64 },
];

export const contact = {
  name: "Amelia Earhart",
  age: 39,
  addresses: [
    { street: "223 North Terrace Street", city: "Atchison", country: "United States" },
    { street: "10042 Valley Spring Lane", city: "Los Angeles", country: "United States" },
  ],
};

export const meeting = {
  title: "Release – “v1”",
  attendees: [{ name: "Priya 🦉", role: "host" }],
  // Characters of two, three and four bytes: cut anywhere, they must come out whole.
  summary: "Größe, 日本語, 👩‍🚀: decide which open bugs block the release, and who tells the customers.",
  place: { kind: "room", name: "Turing" },
};

export const order = {
  number: "AB-12",
  customer: { name: "Ada" },
  lines: [{ article: "kettle", quantity: 1, price: { amount: 25, currency: "EUR" } }],
  status: "open",
  placedAt: "2026-05-01T12:00:00Z",
};

export const tree = { name: "src", size: null, children: [{ name: "main.ts", size: 120, children: [] }] };

/** Not JSON: prose, a fence, a comment, single quotes, a trailing comma. */
const messyTree = `Here is the tree:
\`\`\`json
{ 'name': 'src', size: null, // a folder
  "children": [{ "name": "main.ts", "size": "120", "children": [], }] }
\`\`\``;

export const replies = [
  { name: "User", input: texts.user, value: john },
  { name: "extract_user_list", input: texts.users, value: { items: users } },
  { name: "Contact", input: texts.contact, value: contact },
  { name: "Meeting", input: texts.meeting, value: meeting },
  { name: "Order", input: texts.order, value: order },
  { name: "FileTree", input: texts.tree, text: messyTree },
  { name: "extract_user_or_order", input: texts.either, value: { result: { type: "order", value: order } } },
];
