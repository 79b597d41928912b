// One call each, of the same task, against the same server. Every contestant is loaded in a process of its own.
const schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    age: { type: "integer" },
    bio: { type: "string" },
    tags: { type: "array", items: { type: "string" } },
  },
  required: ["name", "age", "bio", "tags"],
  additionalProperties: false,
};
const tool = { type: "function", function: { name: "extract_user", strict: true, parameters: schema } };
const messages = [
  { role: "system", content: "Extract a User." },
  { role: "user", content: "John Smith is 29 years old." },
];

async function sdkClient(baseURL) {
  const { Cerebras } = await import("@cerebras/cerebras_cloud_sdk");
  return new Cerebras({ apiKey: "k", baseURL, warmTCPConnection: false });
}

/** What the generator writes for this schema, in JavaScript. */
async function generated() {
  const { extract, stream } = await import("../../src/runtime/dist/v1.js");
  const atom = { node: { kind: "atom" } };
  const plan = {
    root: {
      kind: "object",
      fields: {
        name: { node: { kind: "text" } },
        age: atom,
        bio: { node: { kind: "text" } },
        tags: { node: { kind: "list", item: { kind: "text" } } },
      },
    },
  };
  const validate = (value) =>
    typeof value === "object" &&
    value !== null &&
    typeof value.name === "string" &&
    Number.isInteger(value.age) &&
    typeof value.bio === "string" &&
    Array.isArray(value.tags) &&
    value.tags.every((tag) => typeof tag === "string");
  const spec = {
    name: "User",
    wire: { one: tool, list: tool },
    // Nothing differs between the wire and the value, so the generator decodes nothing.
    decode: (wire) => wire,
    validate,
    instructions: "Extract a User.",
    handler: { plan },
  };
  return { spec, extract, stream };
}

const body = { model: "gpt-oss-120b", tools: [tool], tool_choice: { type: "function", function: { name: "extract_user" } }, messages };

function post(baseURL, payload) {
  return fetch(`${baseURL}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer k", "content-type": "application/json" },
    body: JSON.stringify(payload),
  });
}

async function zodUser() {
  const { z } = await import("zod");
  return z.object({ name: z.string(), age: z.number().int(), bio: z.string(), tags: z.array(z.string()) });
}

async function instructor(baseURL) {
  const { default: OpenAI } = await import("openai");
  const { default: Instructor } = await import("@instructor-ai/instructor");
  const client = Instructor({ client: new OpenAI({ apiKey: "k", baseURL: `${baseURL}/v1` }), mode: "TOOLS" });
  return { client, options: { messages, model: "gpt-oss-120b", response_model: { schema: await zodUser(), name: "extract_user" } } };
}

async function aiModel(baseURL) {
  const { createCerebras } = await import("@ai-sdk/cerebras");
  // It warns of the system message with each call, which is not what is measured.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return createCerebras({ apiKey: "k", baseURL: `${baseURL}/v1` })("gpt-oss-120b");
}

export const contestants = {
  "bare SDK": {
    async whole(baseURL) {
      const client = await sdkClient(baseURL);
      return async () => JSON.parse((await client.chat.completions.create(body)).choices[0].message.tool_calls[0].function.arguments);
    },
    // Its own iterator, the pieces joined and parsed once at the end: no partial values.
    async stream(baseURL) {
      const client = await sdkClient(baseURL);
      return async () => {
        let text = "";
        for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) {
          text += chunk.choices?.[0]?.delta?.tool_calls?.[0]?.function?.arguments ?? "";
        }
        return JSON.parse(text);
      };
    },
  },
  // What "schemacast on fetch" stands on: Node's own fetch, which costs more than the SDK's node-fetch.
  "bare fetch": {
    async whole(baseURL) {
      return async () => JSON.parse((await (await post(baseURL, body)).json()).choices[0].message.tool_calls[0].function.arguments);
    },
    async stream(baseURL) {
      return async () => {
        const decoder = new TextDecoder();
        let [text, rest] = ["", ""];
        for await (const bytes of (await post(baseURL, { ...body, stream: true })).body) {
          const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
          rest = lines.pop();
          for (const line of lines) {
            if (!line.startsWith("data: {")) continue;
            text += JSON.parse(line.slice(6)).choices?.[0]?.delta?.tool_calls?.[0]?.function?.arguments ?? "";
          }
        }
        return JSON.parse(text);
      };
    },
  },
  schemacast: {
    async whole(baseURL) {
      const [client, { spec, extract }] = [await sdkClient(baseURL), await generated()];
      return () => extract(spec, "John Smith is 29 years old.", { client });
    },
    async stream(baseURL) {
      const [client, { spec, stream }] = [await sdkClient(baseURL), await generated()];
      return async () => {
        const users = stream(spec, "John Smith is 29 years old.", { client });
        for await (const partial of users) void partial.name;
        return users.result;
      };
    },
  },
  "schemacast on fetch": {
    async whole(baseURL) {
      const { fetchClient } = await import("../../src/runtime/dist/fetch.js");
      const [client, { spec, extract }] = [fetchClient({ apiKey: "k", baseURL }), await generated()];
      return () => extract(spec, "John Smith is 29 years old.", { client });
    },
    async stream(baseURL) {
      const { fetchClient } = await import("../../src/runtime/dist/fetch.js");
      const [client, { spec, stream }] = [fetchClient({ apiKey: "k", baseURL }), await generated()];
      return async () => {
        const users = stream(spec, "John Smith is 29 years old.", { client });
        for await (const partial of users) void partial.name;
        return users.result;
      };
    },
  },
  "ai 6 + @ai-sdk/cerebras + zod": {
    async whole(baseURL) {
      const [{ generateObject }, model, user] = [await import("ai"), await aiModel(baseURL), await zodUser()];
      return async () => (await generateObject({ model, schema: user, messages, maxRetries: 0 })).object;
    },
    async stream(baseURL) {
      const [{ streamObject }, model, user] = [await import("ai"), await aiModel(baseURL), await zodUser()];
      return async () => {
        const result = streamObject({ model, schema: user, messages, maxRetries: 0 });
        for await (const partial of result.partialObjectStream) void partial.name;
        return result.object;
      };
    },
  },
  "@instructor-ai/instructor": {
    async whole(baseURL) {
      const { client, options } = await instructor(baseURL);
      return () => client.chat.completions.create(options);
    },
    async stream(baseURL) {
      const { client, options } = await instructor(baseURL);
      return async () => {
        let last;
        for await (const partial of await client.chat.completions.create({ ...options, stream: true })) last = partial;
        return last;
      };
    },
  },
};
