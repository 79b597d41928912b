import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { LenientReading } from "../../../src/runtime/spec.js";
import { readLenient } from "../../../src/runtime/lenient/read-lenient.js";

/** One case of `messy-output-cases`: what a model wrote, and what it means. */
export interface MessyCase {
  readonly id: string;
  readonly category: string;
  readonly tier: "A" | "B" | "C";
  readonly mode: "final" | "partial";
  readonly schema: Record<string, unknown>;
  readonly raw: string;
  readonly expected?: unknown;
  readonly error?: boolean;
  readonly lossy?: string;
  readonly needs?: readonly string[];
}

export interface Verdict {
  readonly case: MessyCase;
  readonly outcome: "right" | "wrong" | "refused";
  readonly reading: LenientReading;
  /** Something was lost or chosen and no lenient repair says so. */
  readonly silent: boolean;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, ownProperties: true });

export function judge(messy: MessyCase, policy: "safe" | "lenient"): Verdict {
  const validate = ajv.compile(messy.schema);
  const reading = readLenient(messy.raw, {
    schema: messy.schema,
    policy,
    accept: (value) => validate(value),
    partial: messy.mode === "partial",
  });
  const right =
    messy.error === true ? !reading.ok : reading.ok && isDeepStrictEqual(plain(reading.value, messy), plain(messy.expected, messy));
  const silent = messy.lossy !== undefined && right && reading.ok && !reading.repairs.some(({ severity }) => severity === "lenient");
  return { case: messy, outcome: right ? "right" : reading.ok ? "wrong" : "refused", reading, silent };
}

/**
 * For comparison: an absent optional is the same as null, as the corpus' README says; while a text arrives, what has not come yet is
 * absent here and null or empty there.
 */
export function plain(value: unknown, messy: MessyCase): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, messy));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [key, plain(member, messy)]);
  const isThere = (member: unknown): boolean =>
    member !== null && !(messy.mode === "partial" && typeof member === "object" && Object.keys(member).length === 0);
  return Object.fromEntries(members.filter(([, member]) => isThere(member)));
}
