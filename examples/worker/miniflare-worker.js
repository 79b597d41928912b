import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

/** The built Worker on workerd. */
export function miniflareWorker(bindings, port = 0) {
  return new Miniflare({
    // The module is given, not searched for imports: the runtime imports the SDK when a call names no client, and it is not installed here.
    modules: [{ type: "ESModule", path: "worker.js", contents: readFileSync("dist/worker.js", "utf8") }],
    compatibilityDate: "2026-01-01",
    host: "127.0.0.1",
    port,
    bindings,
  });
}
