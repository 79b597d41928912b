import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { env } from "node:process";
import { after, before, test } from "node:test";
import { fromProvider } from "@schemacast/runtime";
import { chromium } from "playwright-core";
import { startEmulator } from "schemacast/emulator";
import { message, replies } from "../dist/src/message.js";
import { recipeServer } from "../dist/src/server.js";

const executablePath = env.CHROMIUM ?? "/usr/bin/chromium";
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const [{ value: recipe }] = replies;

let emulator, server, url;
before(async () => {
  emulator = await startEmulator({ replies, scenario: { delay: 25, chunkSize: 5 } });
  server = recipeServer(fromProvider("cerebras/gpt-oss-120b", { apiKey: "offline", baseURL: emulator.url }));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await emulator.close();
});

test("the route sends snapshots that grow, then the recipe", async () => {
  const response = await fetch(`${url}/recipe`, { method: "POST", body: message });
  const lines = (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.ok(lines.length > 20);
  assert.deepEqual(lines.at(-1), { recipe });
  for (const { partial } of lines.slice(0, -1)) assert.ok(partial.servings === undefined || partial.servings === 2);
});

test("an error is a name in the last line", async () => {
  emulator.enqueue({ fault: { kind: "status", status: 401 } });
  const response = await fetch(`${url}/recipe`, { method: "POST", body: message });
  assert.equal(await response.text(), '{"error":"ApiError"}\n');
});

test(
  "the page renders what arrives, under a policy without eval",
  { skip: !existsSync(executablePath) && `no ${executablePath}` },
  async () => {
    const browser = await chromium.launch({ executablePath, args: flags });
    try {
      const page = await browser.newPage({ viewport: { width: 1240, height: 650 } });
      const faults = [];
      page.on("pageerror", (error) => faults.push(error.message));
      await page.goto(url);
      await page.waitForSelector("textarea");
      await page.getByRole("button").click();
      await page.locator("#steps li").first().waitFor();
      assert.equal(await page.locator("#card").getAttribute("data-state"), "growing");
      assert.equal(await page.locator("#title").textContent(), recipe.title);
      if (env.SCREENSHOT) await page.screenshot({ path: env.SCREENSHOT });
      await page.locator("#card[data-state=done]").waitFor();
      assert.deepEqual(await page.locator("#steps li").allTextContents(), recipe.steps);
      assert.deepEqual(await page.locator("#ingredients li").count(), recipe.ingredients.length);
      assert.match(await page.locator("#status").textContent(), /^validated · \d+ snapshots/);
      assert.deepEqual(faults, []);
    } finally {
      await browser.close();
    }
  },
);
