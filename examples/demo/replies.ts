import type { Reply } from "schemacast/emulator";

/** What the texts of the demo say, as a model answered it: used where there is no key. */
export const texts = {
  user: "John Smith is 29 years old.",
  contact:
    "Amelia Earhart, 39, grew up at 223 North Terrace Street in Atchison, USA, and later lived on 10042 Valley Spring Lane, Los Angeles, USA.",
  meeting:
    "Hi all, Priya here. Let's meet on the release next Tuesday in the Turing room. Tom and Ana, please come, " +
    "I want to go through the open bugs, decide which of them block the release, and agree on who tells the customers.",
  users: "At the table: Ivan (27), his sister Olga, 31, and their father Pyotr, who turned 64 last week.",
} as const;

export const replies: readonly Reply[] = [
  { name: "extract_user", input: texts.user, value: { name: "John Smith", age: 29 } },
  {
    name: "extract_contact",
    input: texts.contact,
    value: {
      name: "Amelia Earhart",
      age: 39,
      addresses: [
        { street: "223 North Terrace Street", city: "Atchison", country: "United States" },
        { street: "10042 Valley Spring Lane", city: "Los Angeles", country: "United States" },
      ],
    },
  },
  {
    name: "extract_meeting",
    input: texts.meeting,
    value: {
      title: "Release review",
      attendees: [
        { name: "Priya", role: "host" },
        { name: "Tom", role: "guest" },
        { name: "Ana", role: "guest" },
      ],
      summary: "Go through the open bugs, decide which of them block the release, and agree on who tells the customers.",
      place: { kind: "room", name: "Turing" },
    },
  },
  {
    name: "extract_user_list",
    input: texts.users,
    value: {
      items: [
        { name: "Ivan", age: 27 },
        { name: "Olga", age: 31 },
        { name: "Pyotr", age: 64 },
      ],
    },
  },
];
