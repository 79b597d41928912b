import { isObject } from "./is-object.js";
import type { Cassette } from "./record.js";

/** Node's modules as far as they are needed; taken from `process`, so that no bundler has to find them. */
interface NodeHost {
  readonly process?: {
    readonly pid: number;
    getBuiltinModule(name: "node:fs"): {
      mkdirSync(path: string, options: { readonly recursive: true }): unknown;
      writeFileSync(path: string, text: string): void;
      renameSync(from: string, to: string): void;
    };
  };
}

const slot: unique symbol = Symbol.for("schemacast.recorded");

/**
 * Writes one exchange: `extract_user-1f3a9c04.json`, by the tool's name and what was asked. The same question gives the same name; asked again
 * in one process, it gets a number: `…-2.json`.
 */
export function writeCassette(folder: string, cassette: Cassette): void {
  const host: NodeHost & { [slot]?: Map<string, number> } = globalThis;
  const { process } = host;
  if (process === undefined) return;
  const disk = process.getBuiltinModule("node:fs");
  const stem = `${folder}/${nameOf(cassette.request.body)}-${hash(JSON.stringify(cassette.request.body))}`;
  host[slot] ??= new Map();
  const count = (host[slot].get(stem) ?? 0) + 1;
  host[slot].set(stem, count);
  const path = `${stem}${count === 1 ? "" : `-${count}`}.json`;
  disk.mkdirSync(folder, { recursive: true });
  disk.writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(cassette, null, 2)}\n`);
  disk.renameSync(`${path}.${process.pid}`, path);
}

function nameOf(body: unknown): string {
  const { tools, response_format: format } = isObject(body) ? body : {};
  const tool: unknown = Array.isArray(tools) ? tools[0] : undefined;
  const named = isObject(tool) ? tool["function"] : isObject(format) ? format["json_schema"] : undefined;
  const name = isObject(named) && typeof named["name"] === "string" ? named["name"] : "json";
  return name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 80);
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return state.toString(16).padStart(8, "0");
}
