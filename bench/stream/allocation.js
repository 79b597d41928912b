// Prints a table of bytes allocated per piece; run by bench.js in a process of its own.
import { linearPeers, ours } from "./cells.js";
import { cut, documents } from "./documents.js";

const names = ["2 KB", "20 KB", "200 KB"];
const rows = new Map();
for (const name of names) {
  const pieces = cut(documents[name].text, 4);
  for (const [cell, run] of Object.entries({ ...ours(documents[name], pieces), ...(await linearPeers(pieces)) })) {
    for (let time = 0; time < 30; time++) await run();
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    await run();
    rows.set(cell, { ...rows.get(cell), [name]: Math.round((process.memoryUsage().heapUsed - before) / pieces.length) });
  }
}
console.log(`| | ${names.join(" | ")} |\n|---|--:|--:|--:|`);
for (const [cell, bytes] of rows) console.log(`| ${cell} | ${names.map((name) => bytes[name]).join(" | ")} |`);
