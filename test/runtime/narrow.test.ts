import { expect, test } from "vitest";
import { extract, extractList } from "../../src/runtime/extract.js";
import { request } from "../../src/runtime/request.js";
import type { ToolDefinition } from "../../src/runtime/spec.js";
import { ajvSpec } from "./ajv-spec.js";
import { loopback, toolAnswer } from "./loopback.js";

interface Ticket {
  readonly category: string;
  readonly tags: readonly string[];
  readonly parent?: { readonly queue: string | null };
}

const ticketSpec = ajvSpec<Ticket>("Ticket", {
  type: "object",
  properties: {
    category: { type: "string", description: "Where it belongs." },
    tags: { type: "array", items: { $ref: "#/$defs/tag" } },
    parent: { type: "object", properties: { queue: { anyOf: [{ type: "string" }, { type: "null" }] } }, required: ["queue"] },
  },
  required: ["category", "tags"],
  $defs: { tag: { type: "string" } },
});

test("the values stand in the request's schema, at their place only", async () => {
  const { body } = await request(ticketSpec, "…", { narrow: { category: ["billing", "bug"], "tags.*": ["red"], "parent.queue": ["a"] } });
  const [tool] = body["tools"] as [ToolDefinition];
  expect(tool.function.parameters["properties"]).toEqual({
    category: { type: "string", enum: ["billing", "bug"], description: "Where it belongs." },
    tags: { type: "array", items: { type: "string", enum: ["red"] } },
    parent: { type: "object", properties: { queue: { anyOf: [{ type: "string", enum: ["a"] }, { type: "null" }] } }, required: ["queue"] },
  });
  expect(tool.function.parameters["$defs"]).toEqual({ tag: { type: "string" } });
});

test("an answer outside them is asked for again", async () => {
  await using server = await loopback(
    toolAnswer({ category: "sales", tags: ["red", "blue"] }, "extract_ticket"),
    toolAnswer({ category: "bug", tags: [], parent: { queue: null } }, "extract_ticket"),
  );
  const narrow = { category: ["billing", "bug"], "tags.*": ["red"], "parent.queue": ["a"] };
  const { value, attempts } = await extract(ticketSpec, "…", { client: server.client, narrow }).withDetails();
  expect(value.category).toBe("bug");
  expect(attempts[0]?.issues?.map(({ path }) => path)).toEqual([["category"], ["tags", 1]]);
  expect(server.requests[1]?.body.messages[3].content).toContain('"category": "sales",  // must be one of "billing", "bug"\n');
});

test("in every item of a list", async () => {
  await using server = await loopback(toolAnswer({ items: [{ category: "bug", tags: [] }] }, "extract_ticket_list"));
  await extractList(ticketSpec, "…", { client: server.client, narrow: { category: ["bug"] } });
  expect(server.requests[0]?.body.tools[0].function.parameters.properties.items.items.properties.category.enum).toEqual(["bug"]);
});

test("a place the schema does not have is an error before anything is sent", async () => {
  await using server = await loopback(toolAnswer({}));
  await expect(extract(ticketSpec, "…", { client: server.client, narrow: { categroy: ["bug"] } })).rejects.toThrow(
    'there is no "categroy"',
  );
  expect(server.requests).toHaveLength(0);
});
