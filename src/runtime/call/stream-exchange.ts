import type { Exchange } from "./exchange.js";

/** Asks for the answer as a stream of events and passes each piece on as it comes. */
export const streamExchange: Exchange = async () => {
  throw new Error("not yet");
};
