import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../../src/runtime/decode.js";
import type { ContainerTap } from "../../src/runtime/json/frame.js";
import type { JsonScanner } from "../../src/runtime/json/json-scanner.js";
import type { ScannerOptions } from "../../src/runtime/json/scanner-options.js";
import type { Plan } from "../../src/runtime/spec.js";
import { fitting, hasEqualKeys, misfit, split, splits } from "./arbitraries.js";
import { chanceOf } from "./mutate.js";
import { oddly, twice } from "./odd-text.js";
import { cut, REFUSED, scannerOf, unlessRefused } from "./read-pieces.js";

const hard = Number(process.env["TEST_HARDER"] ?? 0);
const numRuns = hard > 1 ? hard : hard === 1 ? 20_000 : 300;
const timeout = 600_000;
const cases = fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 1, arbitrary: misfit });

describe("a text as no library writes it: blanks everywhere, escapes where none are needed, numbers in other writings", () => {
  test("2: any split gives decode(JSON.parse(text))", { timeout }, () => {
    fc.assert(
      fc.property(fitting, fc.nat(), splits, fc.boolean(), ({ plan, wire }, seed, lengths, live) => {
        const text = oddly(wire, chanceOf(seed));
        isReadAsParsed(plan, text, { lengths, live, looks: live });
      }),
      { numRuns },
    );
  });

  test("11: of equal keys the last wins, whoever has looked before", { timeout }, () => {
    fc.assert(
      fc.property(cases, fc.nat(), splits, fc.boolean(), ({ plan, wire }, seed, lengths, live) => {
        // A branch is never changed, and undeclared keys may meet those of the extras list.
        fc.pre(!hasEqualKeys(wire) && !/"byTag"|"byKey"/.test(JSON.stringify(plan)));
        const text = twice(wire, chanceOf(seed));
        isReadAsParsed(plan, text, { lengths, live, looks: true });
      }),
      { numRuns },
    );
  });

  test("what is shown of a beginning does not depend on how it was cut, nor on who looked before", { timeout }, () => {
    fc.assert(
      fc.property(cases, fc.nat(), splits, fc.boolean(), ({ plan, wire }, seed, lengths, looks) => {
        const text = oddly(wire, chanceOf(seed));
        const whole = shown(plan, cut(text, 1), true);
        const some = shown(plan, split(text, lengths), looks);
        const wrong = [...some].find(([offset, value]) => value !== whole.get(offset));
        if (wrong !== undefined) expect(wrong[1], `${text.slice(0, wrong[0])} of ${text}`).toBe(whole.get(wrong[0]));
      }),
      { numRuns },
    );
  });

  test("who begins to listen, anywhere, changes nothing", { timeout }, () => {
    fc.assert(
      fc.property(cases, fc.nat(), splits, fc.nat(), fc.nat(), ({ plan, wire }, seed, lengths, when, whom) => {
        const text = oddly(wire, chanceOf(seed));
        const pieces = split(text, lengths);
        const at = when % (pieces.length + 1);
        const tap: ContainerTap = { closed: () => true };
        const listener = {
          opened: (depth: number) => ((whom >> (depth % 8)) & 1 ? tap : undefined),
          revealed: () => {},
          textBegun: () => undefined,
        };
        const read = (listens: boolean): unknown =>
          unlessRefused(() => {
            const scanner = scannerOf(plan);
            for (const [index, piece] of pieces.entries()) {
              if (listens && index === at) scanner.listen(listener);
              scanner.write(piece);
            }
            return finished(scanner);
          });
        expect(read(true), text).toStrictEqual(read(false));
      }),
      { numRuns },
    );
  });
});

test("who begins to listen behind a member that is absent does not move the next one into its place", () => {
  const field = { node: { kind: "text" } } as const;
  const plan: Plan = { root: { kind: "object", fields: { a: { ...field, nullIsAbsent: true }, b: field } } };
  const scanner = scannerOf(plan);
  scanner.write('{"a":null');
  scanner.listen({ opened: () => undefined, revealed: () => {}, textBegun: () => undefined });
  scanner.write(',"b":"x"}');
  expect(scanner.end()).toEqual({ b: "x" });
});

interface Reading {
  readonly lengths: readonly number[];
  readonly live: boolean;
  /** Takes a snapshot after each piece. */
  readonly looks: boolean;
}

/** What the parser makes of the text, unless it refuses it, is what `decode` makes of `JSON.parse`. */
function isReadAsParsed(plan: Plan, text: string, { lengths, live, looks }: Reading): void {
  const got = unlessRefused(() => {
    const scanner = scannerOf(plan, { live });
    for (const piece of split(text, lengths)) {
      scanner.write(piece);
      if (looks) scanner.snapshot();
    }
    return finished(scanner);
  });
  if (got !== REFUSED) expect(got, text).toStrictEqual(decode(plan, JSON.parse(text)));
}

function finished(scanner: JsonScanner): unknown {
  scanner.end();
  scanner.thaw();
  return scanner.snapshot();
}

/** The snapshot at the end of each piece, by its offset. */
function shown(plan: Plan, pieces: readonly string[], looks: boolean, options: ScannerOptions = {}): Map<number, string> {
  const scanner = scannerOf(plan, options);
  const seen = new Map<number, string>();
  let offset = 0;
  for (const [index, piece] of pieces.entries()) {
    offset += piece.length;
    const isLast = index === pieces.length - 1;
    const value = unlessRefused(() => {
      scanner.write(piece);
      return looks || isLast || index % 3 === 0 ? (JSON.stringify(scanner.snapshot()) ?? "") : undefined;
    });
    if (value === REFUSED) break;
    if (typeof value === "string") seen.set(offset, value);
  }
  return seen;
}
