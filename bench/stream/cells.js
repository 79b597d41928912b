// What is measured on a document: each cell is a function that reads the whole text in its pieces once.
import { emitMakers } from "../../dist/emit/handler.js";
import { JsonScanner, shapeOf } from "../../src/runtime/dist/stream.js";

/** Emitted text as the codec would hold it; a bench has no files to import. */
export function handlerOf(plan) {
  return { plan, makers: (0, eval)(`[${emitMakers(plan).join(",")}]`) };
}

const tap = { closed: () => true };

/** Ours, by what the consumer does. */
export function ours({ plan }, pieces) {
  const handler = handlerOf(plan);
  const read = (options, every, listener) => () => {
    const scanner = new JsonScanner(shapeOf(handler, "one"), { defs: plan.defs, ...options });
    scanner.listener = listener;
    for (let at = 0; at < pieces.length; at++) {
      scanner.write(pieces[at]);
      if (every !== 0 && at % every === every - 1) scanner.snapshot();
    }
    return scanner.end();
  };
  return {
    "ours, end only": read({}, 0),
    "ours, live": read({ live: true }, 1),
    "ours, immutable": read({}, 1),
    "ours, immutable, pulled every 16": read({}, 16),
    "ours, elements": read({}, 0, { opened: () => tap, revealed() {}, textBegun() {} }),
  };
}

/** What no parser can do without: finds the strings of the text and puts each together, flat. Knows nothing else. */
export function stringsAlone(pieces) {
  return () => {
    const texts = [];
    let text;
    for (const piece of pieces) {
      const { length } = piece;
      let at = 0;
      while (at < length) {
        if (text === undefined) {
          if (piece.charCodeAt(at++) === 34) text = "";
          continue;
        }
        const from = at;
        let code = 0;
        do code = piece.charCodeAt(at);
        while (code !== 34 && code !== 92 && ++at < length);
        if (at > from) text += from === 0 && at === length ? piece : piece.slice(from, at);
        if (at === length) break;
        // What is escaped counts as a character, which is near enough here.
        if (code === 92) text += piece.slice(at, (at += 2));
        else {
          at++;
          if (text.length > 12) text.charCodeAt(text.length - 1);
          texts.push(text);
          text = undefined;
        }
      }
    }
    return texts;
  };
}

/** Peers that read on where they were: the whole text costs one pass. */
export async function linearPeers(pieces) {
  const peers = {};
  const jsonriver = await optional("jsonriver");
  if (jsonriver)
    peers["jsonriver, live"] = async () => {
      let last;
      for await (const value of jsonriver.parse(source(pieces))) last = value;
      return last;
    };
  const streamparser = await optional("@streamparser/json");
  const streamparserCell = (partial) => () => {
    const parser = new streamparser.JSONParser(partial ? { emitPartialTokens: true, emitPartialValues: true } : { paths: ["$"] });
    let last;
    parser.onValue = ({ value, stack }) => {
      last = stack?.length > 0 ? stack[0].value : value;
    };
    for (const piece of pieces) parser.write(piece);
    return last;
  };
  if (streamparser) {
    peers["@streamparser/json, end only"] = streamparserCell(false);
    peers["@streamparser/json, live"] = streamparserCell(true);
  }
  return peers;
}

/** Peers that parse what there is from the start: one snapshot of a prefix, from which the whole is estimated. */
export async function reparsingPeers() {
  const peers = {};
  const partialJson = await optional("partial-json");
  if (partialJson) peers["partial-json"] = (text) => partialJson.parse(text);
  const bestEffort = await optional("best-effort-json-parser");
  if (bestEffort) peers["best-effort-json-parser"] = (text) => bestEffort.parse(text);
  const ai = await optional("ai");
  if (ai) peers["ai, parsePartialJson"] = (text) => ai.parsePartialJson(text);
  return peers;
}

async function optional(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return undefined;
  }
}

// The peer takes an async iterable, and nothing else.
async function* source(pieces) {
  yield* pieces;
}
