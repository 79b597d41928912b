import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeProject, runHere, type CliRun } from "./run-cli.js";

interface Site {
  readonly origin: string;
  readonly asked: string[];
  text: string;
}

async function startSite(): Promise<Site> {
  const site = { origin: "", asked: [] as string[], text: '{ "type": "string", "maxLength": 5 }' };
  const server: Server = createServer((request, response) => {
    site.asked.push(request.url ?? "");
    response.end(site.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  site.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

test("--allow-remote fetches from that origin only, and the lockfile holds later runs to what was fetched", async () => {
  const site = await startSite();
  const schema = { type: "object", properties: { zip: { $ref: `${site.origin}/zip.json` } }, additionalProperties: false };
  const root = makeProject({ "schemas/place.json": JSON.stringify(schema) });
  const run = (...args: readonly string[]): Promise<CliRun> => runHere(args, { cwd: root });
  const lock = join(root, "schemacast.remote.lock.json");

  const refused = await run("generate");
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout + refused.stderr).toContain(`--allow-remote ${site.origin}`);
  expect([site.asked, existsSync(lock)]).toEqual([[], false]);

  expect(await run("generate", "--allow-remote", site.origin)).toMatchObject({ exitCode: 0 });
  expect(site.asked).toEqual(["/zip.json"]);
  const locked = readFileSync(lock, "utf8");
  expect(locked).toContain(`"${site.origin}/zip.json": "sha256-`);
  expect(await run("generate")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("1 up to date") as string });
  expect(await run("check")).toMatchObject({ exitCode: 0 });

  site.text = '{ "type": "number" }';
  writeFileSync(join(root, "schemas/place.json"), JSON.stringify({ ...schema, description: "A place." }));
  // What the lockfile names is taken from the cache, so that the same bytes come out whatever the site says now.
  expect(await run("generate", "--allow-remote", site.origin)).toMatchObject({ exitCode: 0 });
  expect([site.asked, readFileSync(lock, "utf8")]).toEqual([["/zip.json"], locked]);
  rmSync(join(root, "node_modules/.cache"), { recursive: true });
  writeFileSync(join(root, "schemas/place.json"), JSON.stringify(schema));
  const changed = await run("generate", "--allow-remote", site.origin);
  expect([changed.exitCode, readFileSync(lock, "utf8")]).toEqual([1, locked]);
  expect(changed.stdout + changed.stderr).toContain("has changed since schemacast.remote.lock.json was written");

  expect(await run("generate", "--allow-remote", site.origin, "--update-remote")).toMatchObject({ exitCode: 0 });
  expect(readFileSync(lock, "utf8")).not.toBe(locked);
  expect(readFileSync(join(root, "generated/place.ts"), "utf8")).toContain("zip?: number");
  expect(await run("generate")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("1 up to date") as string });
});

test("explain and extract take what the configuration allows and the lockfile names", async () => {
  const site = await startSite();
  const schema = {
    type: "object",
    properties: { zip: { $ref: `${site.origin}/zip.json` } },
    required: ["zip"],
    additionalProperties: false,
  };
  const root = makeProject({
    "schemas/place.json": JSON.stringify(schema),
    "schemacast.config.json": JSON.stringify({ allowRemote: [site.origin] }),
    "letter.txt": "Berlin 10115\n",
  });
  const extract = (): Promise<CliRun> => runHere(["extract", "schemas/place.json", "letter.txt", "--json", "--emulate"], { cwd: root });
  const early = await extract();
  expect([early.exitCode, site.asked]).toEqual([1, []]);
  expect(early.stderr).toContain("schemacast.remote.lock.json does not name it");
  expect(await runHere(["generate"], { cwd: root })).toMatchObject({ exitCode: 0 });
  expect(await runHere(["explain", "schemas/place.json"], { cwd: root })).toMatchObject({ exitCode: 0 });
  const run = await extract();
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toEqual({ zip: expect.any(String) });
});
