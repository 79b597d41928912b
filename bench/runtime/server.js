// Answers every request with the same recorded-shape answer, at once: what is measured is the client.
import { createServer } from "node:http";

const user = { name: "John Smith", age: 29, bio: "Born in Leeds, works on engines. ".repeat(6), tags: ["engineer", "cyclist", "father"] };
const usage = { prompt_tokens: 120, completion_tokens: 80, total_tokens: 200 };
const base = { id: "chatcmpl-1", created: 1780179233, model: "gpt-oss-120b", system_fingerprint: "fp_1" };

function answers(body) {
  const name = body.tools?.[0]?.function.name;
  const text = JSON.stringify(user);
  if (!body.stream) {
    const message = name
      ? { role: "assistant", tool_calls: [{ id: "abc123def", type: "function", function: { name, arguments: text } }] }
      : { role: "assistant", content: text };
    const finish_reason = name ? "tool_calls" : "stop";
    return JSON.stringify({ ...base, object: "chat.completion", choices: [{ index: 0, finish_reason, message }], usage });
  }
  const chunk = (delta, rest) =>
    `data: ${JSON.stringify({ ...base, choices: [{ delta, index: 0, ...rest }], object: "chat.completion.chunk" })}\n\n`;
  const pieces = text.match(/.{1,4}/gs).map((piece, index) =>
    name
      ? {
          tool_calls: [
            {
              function: index === 0 ? { name, arguments: piece } : { arguments: piece },
              type: "function",
              ...(index === 0 && { id: "abc123def" }),
              index: 0,
            },
          ],
        }
      : { content: piece },
  );
  const end = `data: ${JSON.stringify({ ...base, choices: [{ delta: {}, finish_reason: name ? "tool_calls" : "stop", index: 0 }], object: "chat.completion.chunk", usage })}\n\ndata: [DONE]\n\n`;
  return [chunk({ role: "assistant" }), ...pieces.map((delta) => chunk(delta)), end];
}

const known = new Map();
const server = createServer({ noDelay: true }, (request, response) => {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (piece) => (text += piece));
  request.on("end", async () => {
    const body = JSON.parse(text || "{}");
    const key = `${body.stream === true} ${body.tools?.[0]?.function.name}`;
    if (!known.has(key)) known.set(key, answers(body));
    const answer = known.get(key);
    if (typeof answer === "string") return response.writeHead(200, { "content-type": "application/json" }).end(answer);
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    // Four events to a write: small enough to be a stream, and the server keeps ahead of every client.
    for (let at = 0; at < answer.length; at += 4) {
      response.write(answer.slice(at, at + 4).join(""));
      await new Promise(setImmediate);
    }
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
