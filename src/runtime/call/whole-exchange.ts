import type { Exchange } from "./exchange.js";

/** Asks for the answer in one piece. */
export const wholeExchange: Exchange = async () => {
  throw new Error("not yet");
};
