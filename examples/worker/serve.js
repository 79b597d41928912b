// `npm start`: the Worker at http://127.0.0.1:8787.
import { env } from "node:process";
import { startEmulator } from "schemacast/emulator";
import { miniflareWorker } from "./miniflare-worker.js";

const key = env.CEREBRAS_API_KEY;
const emulator = key ? undefined : await startEmulator();
const worker = miniflareWorker(
  emulator ? { CEREBRAS_API_KEY: "offline", CEREBRAS_BASE_URL: emulator.url } : { CEREBRAS_API_KEY: key },
  8787,
);
console.log(
  `${emulator ? "offline, the emulator answers with samples" : "live"}: curl -d 'Ada is 36, Bo is 7.' ${(await worker.ready).href}`,
);
