import type { Fault, Scenario, TransportFault } from "./scenario.js";
import type { WireBody, WireResponse, WireStep } from "./wire-response.js";

/** The scenario's faults as a list. */
export function faultsOf({ fault }: Scenario): readonly Fault[] {
  if (fault === undefined) return [];
  return isList(fault) ? fault : [fault];
}

function isList(fault: Fault | readonly Fault[]): fault is readonly Fault[] {
  return Array.isArray(fault);
}

/** Puts a body on the wire as the scenario has it: waits, write boundaries, and what goes wrong with the connection. */
export function planResponse(body: WireBody, scenario: Scenario): WireResponse {
  const faults = faultsOf(scenario).filter(isTransportFault);
  const before: WireStep[] = scenario.latency ? [{ kind: "wait", milliseconds: scenario.latency }] : [];
  const { status, headers } = body;
  if (faults.some((fault) => fault.kind === "reset")) return { status, headers, steps: [...before, { kind: "reset" }] };
  for (const fault of faults) {
    if (fault.kind === "stall" && fault.at === "headers") before.push(stallStep(fault));
  }
  const bytes = Buffer.concat(body.events);
  const starts = eventStarts(body.events);
  const cut = faults.find((fault) => fault.kind === "cut");
  const stop = cut ? Math.min(bytes.length, cut.bytes ?? offsetOf(starts, cut.events) ?? Math.floor(bytes.length / 2)) : bytes.length;
  const stalls = new Map(
    faults.flatMap((fault) => (fault.kind === "stall" && fault.at !== "headers" ? [[offsetOf(starts, fault.at) ?? 0, fault]] : [])),
  );
  const boundaries = [...writeStarts(bytes.length, starts, scenario), ...stalls.keys()].filter((offset) => offset < stop);
  const offsets = [...new Set(boundaries)].sort((left, right) => left - right);
  const writes = offsets.flatMap((offset, index): WireStep[] => {
    const stall = stalls.get(offset);
    const wait: WireStep[] = index > 0 && scenario.delay ? [{ kind: "wait", milliseconds: scenario.delay }] : [];
    return [...wait, ...(stall ? [stallStep(stall)] : []), { kind: "write", bytes: bytes.subarray(offset, offsets[index + 1] ?? stop) }];
  });
  const stallAtEnd = stalls.get(stop);
  const how = cut ? (cut.how ?? "close") : body.cut === true ? "close" : "end";
  const ending: WireStep[] = [...(stallAtEnd ? [stallStep(stallAtEnd)] : []), { kind: how }];
  return { status, headers, steps: [...before, { kind: "headers" }, ...writes, ...ending] };
}

function isTransportFault(fault: Fault): fault is TransportFault {
  return fault.kind === "cut" || fault.kind === "reset" || fault.kind === "stall";
}

function stallStep({ duration }: { readonly duration?: number }): WireStep {
  return duration === undefined ? { kind: "hang" } : { kind: "wait", milliseconds: duration };
}

/** Byte offsets at which the events begin, and the end. */
function eventStarts(events: readonly Uint8Array[]): readonly number[] {
  const starts = [0];
  for (const event of events) starts.push((starts.at(-1) ?? 0) + event.length);
  return starts;
}

function offsetOf(starts: readonly number[], event: number | undefined): number | undefined {
  return event === undefined ? undefined : (starts[event] ?? starts.at(-1));
}

function writeStarts(length: number, starts: readonly number[], { splitAt, writeSize }: Scenario): readonly number[] {
  if (splitAt) return [0, ...splitAt];
  if (writeSize === undefined) return starts;
  const size = Math.max(1, Math.floor(writeSize));
  return Array.from({ length: Math.ceil(length / size) }, (_, index) => index * size);
}
