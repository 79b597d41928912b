// `npm start [file]`: the order in a letter, drawn while it arrives.
import { readFileSync } from "node:fs";
import { argv, env, stdout } from "node:process";
import { ExtractionError, fromProvider } from "@schemacast/runtime";
import { streamOrder, type OrderPartial } from "../generated/order.js";
import { replies } from "./offline.js";

const letter = readFileSync(argv[2] ?? "letter.txt", "utf8");
const emulator = env["CEREBRAS_API_KEY"] ? undefined : await startOffline();
// The key comes from CEREBRAS_API_KEY, unless the emulator stands in.
const provider = fromProvider("cerebras/gpt-oss-120b", emulator ? { apiKey: "offline", baseURL: emulator.url } : {});

try {
  const order = streamOrder(letter, provider);
  let lines = 0;
  for await (const partial of order) {
    if (!stdout.isTTY) continue;
    if (lines > 0) stdout.write(`\u001b[${lines}A\u001b[0J`);
    const text = draw(partial);
    lines = text.split("\n").length;
    stdout.write(`${text}\n`);
  }
  const { value, usage, timing } = await order.withDetails();
  if (!stdout.isTTY) stdout.write(`${draw(value)}\n`);
  stdout.write(`\n${usage?.totalTokens ?? "?"} tokens, ${Math.round(timing.wallTime * 1000)} ms\n`);
} catch (error) {
  if (!ExtractionError.is(error)) throw error;
  console.error(`${error.name}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await emulator?.close();
}

async function startOffline() {
  const { startEmulator } = await import("schemacast/emulator");
  console.log("offline: the emulator answers; set CEREBRAS_API_KEY for a live model\n");
  return startEmulator({ replies, scenario: { delay: 15 } });
}

function draw({ customer = "…", lines = [], deliverBy, note }: OrderPartial): string {
  const table = lines.map(({ quantity, article = "", price }) => {
    const cost = price === undefined ? "" : `${price.toFixed(2)} €`;
    return `  ${(quantity?.toFixed() ?? "").padStart(4)}  ${article.padEnd(20)}${cost.padStart(9)}`;
  });
  const day = deliverBy instanceof Date ? [`  by ${deliverBy.toISOString().slice(0, 10)}`] : [];
  return [`Order of ${customer}`, ...table, ...day, ...(note === undefined ? [] : [`  ${note}`])].join("\n");
}
