import { runInThisContext } from "node:vm";
import { emitMakers } from "../../src/emit/handler.js";
import { isRare } from "../../src/emit/rare-plan.js";
import { compilePlan } from "../../src/runtime/json/compile-plan.js";
import { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import { Misfit } from "../../src/runtime/json/misfit.js";
import { rareKinds } from "../../src/runtime/json/rare-kinds.js";
import type { ScannerOptions } from "../../src/runtime/json/scanner-options.js";
import type { Shape } from "../../src/runtime/json/shape.js";
import type { Maker, Plan, PlanNode } from "../../src/runtime/spec.js";

export const anyPlan: Plan = { root: { kind: "any" } };

export function planOf(root: PlanNode): Plan {
  return { root };
}

/** The plan made ready with makers as a generated file has them. */
export function shapeWithMakers(plan: Plan): Shape {
  // A list of makers is what the emitted text says.
  return compilePlan(plan, runInThisContext(`[${emitMakers(plan).join(",")}]`) as (Maker | undefined)[], rareKinds);
}

/** A scanner as a generated handler asks for it. */
export function scannerOf(plan: Plan, options: ScannerOptions = {}, shape: Shape = shapeWithMakers(plan)): JsonScanner {
  return new (isRare(plan) ? rareKinds.Scanner : JsonScanner)(shape, { defs: plan.defs, ...options });
}

/** The value that the scanner makes of a text in pieces. */
export function readPieces(plan: Plan, pieces: readonly string[], options: ScannerOptions = {}): unknown {
  const scanner = scannerOf(plan, options);
  for (const piece of pieces) scanner.write(piece);
  return scanner.end();
}

/** The same, with the snapshot after each piece; equal ones in a row are told once. */
export function snapshots(
  plan: Plan,
  pieces: readonly string[],
  options: ScannerOptions = {},
  shape: Shape = shapeWithMakers(plan),
): unknown[] {
  const scanner = scannerOf(plan, options, shape);
  const seen: unknown[] = [];
  let version = 0;
  for (const piece of pieces) {
    scanner.write(piece);
    const value = scanner.snapshot();
    if (scanner.version !== version) seen.push(value);
    version = scanner.version;
  }
  scanner.end();
  scanner.thaw();
  if (scanner.version !== version) seen.push(scanner.snapshot());
  return seen;
}

/** What `unlessRefused` gives for a text that can't be what was asked for. */
export const REFUSED: unique symbol = Symbol("refused");

/** What is read, or that the parser has refused it as a misfit. */
export function unlessRefused(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return REFUSED;
  }
}

/** Pieces of `size` UTF-16 units. */
export function cut(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces;
}

/** All that an iterable gives. */
export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
