// Runs one contestant: `node worker.js <name> <whole | stream> <baseURL> <calls> <calls before>`. Prints CPU and wall time for each call, in microseconds.
import { contestants } from "./contestants.js";

const [name, kind, baseURL, calls, warm = "150"] = process.argv.slice(2);
const call = await contestants[name][kind](baseURL);
const value = await call();
if (value.name !== "John Smith" || value.age !== 29 || value.tags.length !== 3) throw new Error(`not the answer: ${JSON.stringify(value)}`);
for (let index = 0; index < Number(warm); index += 1) await call();
globalThis.gc?.();
const cpu = process.cpuUsage();
const begun = performance.now();
for (let index = 0; index < Number(calls); index += 1) await call();
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ cpu: (user + system) / Number(calls), wall: ((performance.now() - begun) * 1000) / Number(calls) }));
process.exit(0);
