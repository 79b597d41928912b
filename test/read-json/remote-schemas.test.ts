import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { FetchText } from "../../src/read/json/fetch-remote-schemas.js";
import { fetchRemoteSchemas, hashOf } from "../../src/read/json/fetch-remote-schemas.js";
import { fetchText } from "../../src/read/json/fetch-text.js";
import { readJsonSchema } from "../../src/read/json/read-json-schema.js";

const site: Readonly<Record<string, string>> = {
  "https://example.com/user.json": JSON.stringify({ type: "object", properties: { home: { $ref: "parts/address.json#/$defs/Address" } } }),
  "https://example.com/parts/address.json": JSON.stringify({ $defs: { Address: { type: "string" } } }),
  "https://other.example/x.json": "{}",
};

function files(schema: unknown): { read: (path: string) => string | undefined } {
  return { read: (path) => (path === "a.json" ? JSON.stringify(schema) : undefined) };
}

function recording(): { readonly asked: string[]; readonly fetchText: FetchText } {
  const asked: string[] = [];
  return {
    asked,
    fetchText: (uri) => {
      asked.push(uri);
      const text = site[uri];
      return text === undefined ? Promise.reject(new Error("the server answers 404")) : Promise.resolve(text);
    },
  };
}

const schema = { properties: { user: { $ref: "https://example.com/user.json" }, x: { $ref: "https://example.com/user.json#" } } };
const request = { sources: ["a.json"], files: files(schema), allowedOrigins: ["https://example.com"] };

test("remote schemas of an allowed origin are fetched, what they refer to as well, and locked", async () => {
  const { asked, fetchText } = recording();
  const { remote, lock } = await fetchRemoteSchemas({ ...request, fetchText });
  expect(asked).toEqual(["https://example.com/user.json", "https://example.com/parts/address.json"]);
  expect(lock).toEqual({
    version: 1,
    schemas: Object.fromEntries(
      ["https://example.com/parts/address.json", "https://example.com/user.json"].map((uri) => [uri, hashOf(site[uri] ?? "")]),
    ),
  });
  const { documents, dependencies } = readJsonSchema("a.json", request.files, { remote });
  expect(documents[0]?.schema).toEqual({
    properties: { user: { $ref: "#/$defs/user" }, x: { $ref: "#/$defs/user" } },
    $defs: { user: { type: "object", properties: { home: { $ref: "#/$defs/Address" } } }, Address: { type: "string" } },
  });
  expect(documents[0]?.locate("/$defs/Address/type")).toMatchObject({
    file: "https://example.com/parts/address.json",
    line: 1,
    column: 22,
  });
  expect(dependencies).toEqual(["a.json", "schemacast.remote.lock.json"]);
});

test("an origin that is not allowed is never asked", async () => {
  const { asked, fetchText } = recording();
  const other = files({ $ref: "https://other.example/x.json" });
  const { remote, lock } = await fetchRemoteSchemas({ ...request, files: other, fetchText });
  expect(asked).toEqual([]);
  expect(lock.schemas).toEqual({});
  expect(readJsonSchema("a.json", other, { remote }).diagnostics).toMatchObject([{ code: "read/ref-remote" }]);
});

test("a schema that has changed since it was locked is refused, and taken with the policy update", async () => {
  const { fetchText } = recording();
  const uri = "https://example.com/user.json";
  const lock = { version: 1, schemas: { [uri]: hashOf("{}") } } as const;
  const kept = await fetchRemoteSchemas({ ...request, fetchText, lock });
  expect(kept.lock.schemas[uri]).toBe(hashOf("{}"));
  expect(readJsonSchema("a.json", request.files, { remote: kept.remote }).diagnostics).toMatchObject([
    { code: "read/remote-failed", at: { file: "a.json", line: 1 } },
    { code: "read/remote-failed" },
  ]);
  const updated = await fetchRemoteSchemas({ ...request, fetchText, lock, policy: "update" });
  expect(updated.lock.schemas[uri]).toBe(hashOf(site[uri] ?? ""));
  expect(readJsonSchema("a.json", request.files, { remote: updated.remote }).diagnostics).toEqual([]);
});

test("a frozen lock fetches what it names only; a cached copy is not fetched at all", async () => {
  const { asked, fetchText } = recording();
  const first = await fetchRemoteSchemas({ ...request, fetchText });
  const frozen = await fetchRemoteSchemas({ ...request, fetchText, policy: "frozen" });
  expect(readJsonSchema("a.json", request.files, { remote: frozen.remote }).diagnostics[0]).toMatchObject({ code: "read/remote-failed" });
  asked.length = 0;
  const again = await fetchRemoteSchemas({
    ...request,
    fetchText,
    lock: first.lock,
    policy: "frozen",
    cached: (hash) => first.fetched.get(hash),
  });
  expect(asked).toEqual([]);
  expect(again.lock).toEqual(first.lock);
});

test("what cannot be fetched is told at the reference", async () => {
  const { fetchText } = recording();
  const missing = files({ type: "object", properties: { a: { $ref: "https://example.com/nowhere.json" } } });
  const { remote } = await fetchRemoteSchemas({ ...request, files: missing, fetchText });
  expect(readJsonSchema("a.json", missing, { remote }).diagnostics).toMatchObject([
    {
      code: "read/remote-failed",
      message: "The remote schema https://example.com/nowhere.json cannot be used: the server answers 404.",
      at: { column: 37 },
    },
  ]);
});

test("over HTTP: bounds on size and time, no redirects", async () => {
  const server = createServer((incoming, response) => {
    if (incoming.url === "/ok") response.end('{"type":"string","title":"é"}');
    else if (incoming.url === "/large") response.end("x".repeat(100_000));
    else if (incoming.url === "/redirect") response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    else if (incoming.url !== "/slow") response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const get = (path: string): Promise<string> => fetchText(`http://127.0.0.1:${port}${path}`, { characters: 10_000, milliseconds: 300 });
  try {
    await expect(get("/ok")).resolves.toContain("é");
    await expect(get("/large")).rejects.toThrow("it has more than 10,000 characters");
    await expect(get("/redirect")).rejects.toThrow("redirects are not followed");
    await expect(get("/failing")).rejects.toThrow("the server answers 500");
    await expect(get("/slow")).rejects.toThrow("it did not arrive within 0.3 seconds");
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
