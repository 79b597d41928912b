import pico from "picocolors";

/** Colours for a terminal; each function returns its text unchanged where colours are off. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** On for a terminal; NO_COLOR turns colours off, FORCE_COLOR on (`0` off), both where they are not empty: https://no-color.org. */
export function paletteFor(stream: { readonly isTTY?: boolean }, environment: Readonly<Record<string, string | undefined>>): Palette {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = environment;
  if (no !== undefined && no !== "") return pico.createColors(false);
  if (force !== undefined && force !== "") return pico.createColors(force !== "0");
  return pico.createColors(stream.isTTY === true && terminal !== "dumb");
}
