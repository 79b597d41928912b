/** Milliseconds since the process began. `performance` would load a dozen modules of Node: a millisecond of a run with nothing to do. */
export function now(): number {
  return process.uptime() * 1000;
}
