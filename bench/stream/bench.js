import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeSection } from "../write-section.js";
import { linearPeers, ours, reparsingPeers, stringsAlone } from "./cells.js";
import { cut, documents } from "./documents.js";
import { sdkShare } from "./sdk-share.js";

/**
 * CPU time of reading a document in pieces, as a multiple of one JSON.parse of the whole text in the same round; rounds are interleaved,
 * medians are told. Wall time would tell of the machine's other tenants.
 */
export default async function bench(options) {
  const { values } = parseArgs({
    args: options,
    options: {
      documents: { type: "string", default: Object.keys(documents).join(",") },
      pieces: { type: "string", default: "4,16,64,whole" },
      rounds: { type: "string", default: "9" },
      write: { type: "boolean" },
    },
  });
  const names = values.documents.split(",");
  const sections = [];
  const grown = new Map();
  for (const piece of values.pieces.split(",")) {
    const rows = new Map();
    for (const name of names) {
      const figures = await measureDocument(documents[name], piece, Number(values.rounds));
      for (const [cell, ratio] of figures) {
        rows.set(cell, { ...rows.get(cell), [name]: ratio });
        if (piece === "4") grown.set(cell, { ...grown.get(cell), [name]: ratio });
      }
      console.error(`${piece}, ${name}: ${[...figures].map(([cell, ratio]) => `${cell} ${format(ratio)}`).join("; ")}`);
    }
    const title = piece === "whole" ? "The whole text in one piece" : `Pieces of ${piece} characters`;
    sections.push(`### ${title}\n\n${table(rows, names)}`);
  }
  const text = `${heading}\n\n${sections.join("\n\n")}\n\n${goals(grown)}

${growth(grown)}\n\n${allocation()}\n\n${await sdkShare()}`;
  console.log(text);
  if (values.write) writeSection("stream", text);
}

const heading = `## Streaming parser

\`npm run build && npm run bench stream -- --write\`, on ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.version}; peers with \`npm ci --prefix bench\`.
CPU time of reading the whole document, as a multiple of one \`JSON.parse\` of it in the same round, medians. A snapshot is taken after every
piece unless the row says otherwise; "strings alone" only finds the strings and puts them together, which every parser has to; \`~\` is estimated from snapshots of 6 prefixes, because a parser that begins anew each time would take hours.
Ratios of one machine and one run, with others at work on it: cells move by 10 to 20 %.`;

async function measureDocument({ plan, text }, size, rounds) {
  const pieces = size === "whole" ? [text] : cut(text, Number(size));
  const cells = {
    "JSON.parse": () => JSON.parse(text),
    "strings alone": stringsAlone(pieces),
    ...ours({ plan }, pieces),
    ...(await linearPeers(pieces)),
  };
  const plans = [];
  for (const [name, run] of Object.entries(cells)) {
    const once = await warm(run, name === "JSON.parse" ? 60 : 250);
    plans.push({ name, run, times: Math.max(1, Math.min(3000, Math.round(10_000 / once))), ratios: [] });
  }
  for (let round = 0; round < rounds; round++) {
    let floor = 0;
    for (const cell of plans) {
      // What the cell before has left behind, in the caches and for the collector, is not this one's.
      await warm(cell.run, 4);
      const spent = await cpu(cell.run, cell.times);
      if (cell.name === "JSON.parse") floor = spent;
      else cell.ratios.push(spent / floor);
    }
  }
  const figures = new Map(plans.slice(1).map(({ name, ratios }) => [name, median(ratios)]));
  const floor = await cpu(cells["JSON.parse"], 20);
  for (const [name, parse] of Object.entries(await reparsingPeers())) {
    figures.set(name, -(await estimate(parse, text, pieces.length)) / floor);
  }
  return figures;
}

/** Microseconds of all snapshots, from those of a few prefixes. */
async function estimate(parse, text, count) {
  if (count === 1) return cpu(() => parse(text), 1);
  const samples = [];
  for (let part = 1; part <= 6; part++) {
    const prefix = text.slice(0, Math.ceil((text.length * (part - 0.5)) / 6));
    const run = () => parse(prefix);
    await warm(run, 10);
    samples.push(await cpu(run, prefix.length < 30_000 ? 20 : 1));
  }
  return (samples.reduce((sum, sample) => sum + sample, 0) / samples.length) * count;
}

/** @returns microseconds of one run, the fastest */
async function warm(run, milliseconds) {
  const begin = performance.now();
  let last = begin;
  let fastest = Infinity;
  do {
    const value = run();
    if (value instanceof Promise) await value;
    const now = performance.now();
    fastest = Math.min(fastest, now - last);
    last = now;
  } while (last - begin < milliseconds);
  return Math.max(fastest * 1000, 0.5);
}

/** @returns microseconds of CPU, all threads */
async function cpu(run, times) {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) {
    const value = run();
    if (value instanceof Promise) await value;
  }
  const { user, system } = process.cpuUsage(before);
  return Math.max(user + system, 1) / times;
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

function table(rows, names) {
  const lines = [...rows].map(
    ([cell, ratios]) => `| ${cell} | ${names.map((name) => (name in ratios ? format(ratios[name]) : "")).join(" | ")} |`,
  );
  return [`| | ${names.join(" | ")} |`, `|---|${names.map(() => "--:").join("|")}|`, ...lines].join("\n");
}

/** Estimates are negative. */
function format(ratio) {
  const size = Math.abs(ratio);
  const text = size < 10 ? size.toFixed(1) : size < 10_000 ? String(Math.round(size)) : `${Math.round(size / 1000)}k`;
  return ratio < 0 ? `~${text}` : text;
}

/** What was aimed at, at pieces of 4, and what this run gave. */
export function goals(rows) {
  const goal = (cell, document, limit) => {
    const ratio = rows.get(cell)?.[document];
    return ratio === undefined ? [] : [`| ${cell}, ${document} | ${limit} | ${format(ratio)} | ${ratio <= limit ? "yes" : "**no**"} |`];
  };
  const sizes = ["2 KB", "20 KB", "200 KB", "1 MB"];
  const lines = [
    ...sizes.flatMap((size) => goal("ours, end only", size, 2)),
    ...sizes.flatMap((size) => goal("ours, live", size, 2.5)),
    ...goal("ours, immutable", "2 KB", 5),
    ...goal("ours, immutable", "20 KB", 7),
    ...goal("ours, immutable, pulled every 16", "200 KB", 8),
    ...sizes.flatMap((size) => {
      const own = rows.get("ours, live")?.[size];
      const peers = ["jsonriver, live", "@streamparser/json, live"]
        .map((cell) => rows.get(cell)?.[size])
        .filter((ratio) => ratio !== undefined);
      const times = Math.min(...peers) / own;
      return peers.length === 0
        ? []
        : [`| fastest live peer over ours, live, ${size} | 10 or more | ${times.toFixed(1)} | ${times >= 10 ? "yes" : "**no**"} |`];
    }),
  ];
  return `### Goals, pieces of 4\n\n| | goal | this run | reached |\n|---|--:|--:|---|\n${lines.join("\n")}`;
}

/** Exponent of time over size, 20 KB to 1 MB: 1 is linear, 2 quadratic. */
function growth(rows) {
  const ends = ["20 KB", "1 MB"];
  const lines = [...rows]
    .filter(([, ratios]) => ends.every((end) => end in ratios))
    .map(([cell, ratios]) => {
      const [small, large] = ends.map((end) => documents[end].text.length * Math.abs(ratios[end]));
      const size = documents[ends[1]].text.length / documents[ends[0]].text.length;
      return `| ${cell} | ${(Math.log(large / small) / Math.log(size)).toFixed(2)} |`;
    });
  return lines.length === 0
    ? ""
    : `### Growth of the cost from 20 KB to 1 MB, pieces of 4\n\nExponent over the size: 1 is linear, 2 quadratic.\n\n| | |\n|---|--:|\n${lines.join("\n")}`;
}

/** In a process whose new space is so large that no collection falls inside. */
function allocation() {
  const script = fileURLToPath(new URL("allocation.js", import.meta.url));
  const printed = execFileSync(process.execPath, ["--expose-gc", "--max-semi-space-size=512", "--min-semi-space-size=512", script], {
    encoding: "utf8",
  });
  return `### Bytes allocated for each piece of 4 characters\n\n${printed.trim()}`;
}
