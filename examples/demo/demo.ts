// The four kinds of call, on example texts. With CEREBRAS_API_KEY it talks to Cerebras, else to the embedded emulator.
import { env } from "node:process";
import { fromProvider } from "@schemacast/runtime";
import { startEmulator } from "schemacast/emulator";
import { extractContact } from "../../generated/contact.js";
import { streamMeeting } from "../../generated/meeting.js";
import { extractUser, streamUserList } from "../../generated/user.js";
import { LiveView } from "./live-view.js";
import { replies, texts } from "./replies.js";

const live = (env["CEREBRAS_API_KEY"] ?? "") !== "";
// A short pause between events, so that one sees the stream; Cerebras needs no such help.
const emulator = live ? undefined : await startEmulator({ replies, scenario: { delay: 25 } });
console.log(
  emulator
    ? "offline: these answers are recorded; set CEREBRAS_API_KEY for a live model"
    : `live: asking Cerebras (${env["CEREBRAS_MODEL"] ?? "gpt-oss-120b"})`,
);
const provider = emulator ? fromProvider("cerebras/gpt-oss-120b", { apiKey: "offline", baseURL: emulator.url }) : {};

try {
  heading("extractUser", texts.user);
  const user = await extractUser(texts.user, provider);
  console.log(`  ${user.name} is ${user.age}`);

  heading("extractContact, with nested addresses", texts.contact);
  const { value: contact, usage, timing } = await extractContact(texts.contact, provider).withDetails();
  console.log(`  ${contact.name}, ${contact.age}`);
  for (const address of contact.addresses ?? []) console.log(`  - ${address.street}, ${address.city}, ${address.country}`);
  console.log(`  (${usage?.totalTokens ?? "?"} tokens, ${Math.round(timing.wallTime * 1000)} ms)`);

  heading("streamMeeting, drawn while it arrives", texts.meeting);
  const view = new LiveView();
  const meeting = streamMeeting(texts.meeting, provider);
  let snapshots = 0;
  for await (const partial of meeting) {
    snapshots += 1;
    view.draw(partial);
  }
  view.end(await meeting.result);
  console.log(`  (${snapshots} snapshots)`);

  heading("streamUserList, each as it is complete", texts.users);
  for await (const person of streamUserList(texts.users, provider)) console.log(`  - ${person.name}, ${person.age}`);
} finally {
  await emulator?.close();
}

function heading(call: string, text: string): void {
  console.log(`\n${call}\n  "${text}"`);
}
