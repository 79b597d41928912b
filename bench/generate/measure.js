import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Runs a command in a process of its own.
 *
 * @returns {Promise<{ wall: number, cpu: number, memory: number }>} milliseconds, milliseconds, MiB at the peak
 */
export function measure({ command, args, cwd }) {
  // The certificate bundle costs 45 ms of every Node 20 start and no tool here speaks TLS.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const before = process.hrtime.bigint();
    const child = spawn("/usr/bin/env", ["bash", "-c", 'TIMEFORMAT="%R %U %S"; time "$@"', "time", command, ...args], {
      cwd,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    let memory = 0;
    const poll = setInterval(() => (memory = Math.max(memory, treeMemory(child.pid))), 10);
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(poll);
      const wall = Number(process.hrtime.bigint() - before) / 1e6;
      const times = /([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(errors);
      if (code !== 0 || times === null) return reject(new Error(`${command} ${args.join(" ")} failed (${code}):\n${errors.slice(-2000)}`));
      resolve({ wall: times ? Number(times[1]) * 1000 : wall, cpu: (Number(times[2]) + Number(times[3])) * 1000, memory });
    });
  });
}

/** Peak memory of a process and its children in MiB (Linux only, else 0). */
function treeMemory(id) {
  try {
    const own = Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${id}/task/${id}/children`, "utf8").trim().split(" ").filter(Boolean);
    return Math.max(own, ...children.map(treeMemory));
  } catch {
    return 0;
  }
}

/** The middle of a list of numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
