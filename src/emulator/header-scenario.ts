import type { IncomingHttpHeaders } from "node:http";
import { isFields } from "../samples/fields.js";
import type { Scenario } from "./scenario.js";

const numbers = { latency: "latency", delay: "delay", "chunk-size": "chunkSize", "write-size": "writeSize" } as const;
const texts = { layout: "layout", text: "text", reasoning: "reasoning" } as const;

/**
 * The scenario in a request's headers: `x-emulator-scenario` with JSON, or one by one `x-emulator-latency`, `-delay`, `-chunk-size`,
 * `-write-size`, `-layout`, `-text`, `-reasoning`, and `x-emulator-fault: cut; bytes=120; how=reset`.
 *
 * @returns the scenario (empty without such headers), or what is wrong with the headers
 */
export function readHeaderScenario(headers: IncomingHttpHeaders): Scenario | { readonly complaint: string } {
  const scenario: Record<string, unknown> = {};
  const whole = headers["x-emulator-scenario"];
  if (whole !== undefined) {
    const parsed = parseJson(String(whole));
    if (!isFields(parsed)) return { complaint: "x-emulator-scenario is not a JSON object" };
    Object.assign(scenario, parsed);
  }
  for (const [name, key] of Object.entries(numbers)) {
    const value = headers[`x-emulator-${name}`];
    if (value === undefined) continue;
    if (!Number.isFinite(Number(value))) return { complaint: `x-emulator-${name} is not a number` };
    scenario[key] = Number(value);
  }
  for (const [name, key] of Object.entries(texts)) {
    const value = headers[`x-emulator-${name}`];
    if (value !== undefined) scenario[key] = String(value);
  }
  const fault = headers["x-emulator-fault"];
  if (fault !== undefined) scenario["fault"] = readFault(String(fault));
  // The members are read with care where they are used; an unknown fault is refused by the caller.
  return scenario;
}

/** `kind; key=value; key=value`, values as JSON where they are, else as text. */
function readFault(header: string): unknown {
  const [kind = "", ...pairs] = header.split(";").map((part) => part.trim());
  const members = pairs.filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    const [key, value] = at < 0 ? [pair, "true"] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    return [key, parseJson(value) ?? value] as const;
  });
  return { kind, ...Object.fromEntries(members) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
