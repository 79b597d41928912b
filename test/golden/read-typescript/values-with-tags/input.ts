import { readFileSync } from "node:fs";
/** @extract */
export interface Taken {
  text: string;
}
export interface Left {
  out: string;
}
export const helper = (): string => readFileSync(process.argv[2] ?? "", "utf8");
