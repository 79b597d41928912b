import { expect, onTestFinished, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/index.js";

const preflight = {
  method: "OPTIONS",
  headers: {
    origin: "http://page.test",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,x-cerebras-version-patch",
  },
};

async function emulate(allowOrigin?: string): Promise<Emulator> {
  const emulator = await startEmulator(allowOrigin === undefined ? {} : { allowOrigin });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** The CORS headers of an answer, and its status. */
async function ask({ url }: Emulator, init: RequestInit): Promise<unknown> {
  const { status, headers } = await fetch(`${url}/v1/chat/completions`, init);
  const cors = [...headers].filter(([name]) => name.startsWith("access-control-") || name === "vary");
  return { status, ...Object.fromEntries(cors) };
}

test("a preflight is granted what it asks for, without a key, and is no recorded request", async () => {
  const emulator = await emulate("*");
  expect(await ask(emulator, preflight)).toEqual({
    status: 204,
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": preflight.headers["access-control-request-headers"],
    "access-control-expose-headers": "*",
    "access-control-max-age": "600",
  });
  expect(emulator.requests).toEqual([]);
});

test("an error can be read by the page as well, and one origin alone is named", async () => {
  const emulator = await emulate("http://page.test");
  expect(await ask(emulator, { method: "POST", headers: { origin: "http://page.test" } })).toEqual({
    status: 401,
    "access-control-allow-origin": "http://page.test",
    "access-control-expose-headers": "*",
    vary: "origin",
  });
});

test("without the option a browser gets nothing, and without an origin nobody does", async () => {
  expect(await ask(await emulate(), preflight)).toEqual({ status: 401 });
  expect(await ask(await emulate("*"), { method: "POST" })).toEqual({ status: 401 });
});
