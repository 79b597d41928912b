// Runs one contestant, in a process of its own: `fork("worker.js", [name, kind, baseURL, warm])`. Says `ready` once it has answered rightly and
// has made `warm` calls; then makes as many calls as it is asked for, and tells the CPU that each took, in microseconds.
import { contestants } from "./contestants.js";

const [name, kind, baseURL, warm] = process.argv.slice(2);
const call = await contestants[name][kind](baseURL);
const value = await call();
if (value.name !== "John Smith" || value.age !== 29 || value.tags.length !== 3) throw new Error(`not the answer: ${JSON.stringify(value)}`);
for (let index = 0; index < Number(warm); index += 1) await call();
process.on("message", async (calls) => {
  const cpu = process.cpuUsage();
  for (let index = 0; index < calls; index += 1) await call();
  const { user, system } = process.cpuUsage(cpu);
  process.send((user + system) / calls);
});
process.send("ready");
