import { expect } from "vitest";
import floors from "./floors.json" with { type: "json" };

/** One measured share. */
export interface Row {
  readonly name: string;
  readonly reached: number;
  readonly of: number;
}

/** Prints a part's rows and fails where a share lies below the one committed in floors.json (percent, by `part: row`). */
export function report(part: string, rows: readonly Row[]): void {
  const known: Readonly<Record<string, number>> = floors;
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map((row) => {
    const percent = row.of === 0 ? 100 : (row.reached / row.of) * 100;
    const floor = known[`${part}: ${row.name}`];
    return {
      row,
      percent,
      floor,
      text: `  ${row.name.padEnd(width)}  ${percent.toFixed(2).padStart(6)} %  ${row.reached} of ${row.of}${floor === undefined ? "" : `  (floor ${floor} %)`}`,
    };
  });
  console.log(`\n${part}\n${lines.map((line) => line.text).join("\n")}\n`);
  for (const { row, percent, floor } of lines) {
    if (floor !== undefined) expect(percent, `${part}: ${row.name} lies below its floor`).toBeGreaterThanOrEqual(floor);
  }
}
