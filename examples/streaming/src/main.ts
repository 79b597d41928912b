// `npm start`: the page at http://127.0.0.1:3000.
import { env } from "node:process";
import { fromProvider } from "@schemacast/runtime";
import { replies } from "./message.js";
import { recipeServer } from "./server.js";

const emulator = env["CEREBRAS_API_KEY"]
  ? undefined
  : await (await import("schemacast/emulator")).startEmulator({ replies, scenario: { delay: 25, chunkSize: 5 } });
const provider = fromProvider("cerebras/gpt-oss-120b", emulator ? { apiKey: "offline", baseURL: emulator.url } : {});
const port = Number(env["PORT"] ?? 3000);
recipeServer(provider).listen(port, "127.0.0.1", () => {
  console.log(`${emulator ? "offline, the emulator answers" : "live"}: http://127.0.0.1:${port}`);
});
