import { ours } from "./stream/cells.js";
import { cut, documents } from "./stream/documents.js";
const only = process.argv[2]?.split(",") ?? ["2 KB", "20 KB", "200 KB"];
const cellsWanted = process.argv[3]?.split(";");
const N = Number(process.argv[4] ?? 25);
for (const name of Object.keys(documents)) {
  if (!only.includes(name)) continue;
  const { plan, text } = documents[name];
  const pieces = cut(text, 4);
  const cells = { "JSON.parse": () => JSON.parse(text), ...ours({ plan }, pieces) };
  const best = {};
  const list = Object.entries(cells).filter(([k]) => !cellsWanted || k === "JSON.parse" || cellsWanted.includes(k));
  const times = Object.fromEntries(
    list.map(([k, run]) => {
      const t = process.cpuUsage();
      let n = 0;
      const s = Date.now();
      while (Date.now() - s < 300) {
        run();
        n++;
      }
      const u = process.cpuUsage(t);
      const once = (u.user + u.system) / n;
      return [k, Math.max(1, Math.round(8000 / once))];
    }),
  );
  for (let r = 0; r < N; r++)
    for (const [k, run] of list) {
      const t = process.cpuUsage();
      for (let i = 0; i < times[k]; i++) run();
      const u = process.cpuUsage(t);
      (best[k] ??= []).push((u.user + u.system) / times[k]);
    }
  const min = Object.fromEntries(
    Object.entries(best).map(([k, v]) => {
      v.sort((a, b) => a - b);
      return [k, v[Math.floor(v.length * 0.2)]];
    }),
  );
  console.log(
    name,
    Object.entries(min)
      .map(([k, v]) => `${k} ${(v / min["JSON.parse"]).toFixed(2)} (${((v * 1000) / pieces.length).toFixed(0)}ns/piece)`)
      .join("; "),
  );
}
