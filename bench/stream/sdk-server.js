// Sends the 20 KB document as a stream of tool arguments, 4 characters an event, in the envelope that Cerebras sends.
import { createServer } from "node:http";
import { documents } from "./documents.js";

const { text } = documents["20 KB"];
const events = [];
for (let at = 0; at < text.length; at += 4) {
  const delta = { tool_calls: [{ function: { arguments: text.slice(at, at + 4) }, type: "function", id: "8d6d4c473", index: 0 }] };
  const envelope = {
    id: "chatcmpl-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    choices: [{ delta, index: 0 }],
    created: 1781222400,
    model: "gpt-oss-120b",
    system_fingerprint: "fp_0123456789abcdef",
    object: "chat.completion.chunk",
  };
  events.push(`data: ${JSON.stringify(envelope)}\n\n`);
}
const body = `${events.join("")}data: [DONE]\n\n`;
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
