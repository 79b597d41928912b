import type { ChatClient } from "../../src/runtime/options.js";

/** What a fake server has seen. */
export interface FakeClient extends ChatClient {
  /** Pieces that have been read from each answer. */
  readonly read: number[];
  /** Answers whose connection was closed before their end. */
  readonly closed: boolean[];
}

/** A client that answers with these pieces of tool arguments, or of content where no tool is offered, one answer a request; the last one is repeated. */
export function fakeClient(...answers: readonly (readonly string[])[]): FakeClient {
  const read: number[] = [];
  const closed: boolean[] = [];
  const create = (body: { tools?: readonly { function: { name: string } }[] }): AsyncIterable<unknown> => {
    const turn = read.push(0) - 1;
    closed.push(false);
    const pieces = answers[Math.min(turn, answers.length - 1)] ?? [];
    return chunks(pieces, body.tools?.[0]?.function.name, {
      onPiece: () => (read[turn] = (read[turn] ?? 0) + 1),
      onClose: () => (closed[turn] = true),
    });
  };
  return { chat: { completions: { create } }, read, closed };
}

async function* chunks(pieces: readonly string[], tool: string | undefined, watch: { onPiece(): void; onClose(): void }): AsyncGenerator {
  let whole = false;
  try {
    const call = { index: 0, id: "call_1", type: "function", function: { name: tool, arguments: "" } };
    yield chunk({ role: "assistant", ...(tool !== undefined && { tool_calls: [call] }) });
    for (const piece of pieces) {
      watch.onPiece();
      yield chunk(tool === undefined ? { content: piece } : { tool_calls: [{ index: 0, function: { arguments: piece } }] });
    }
    whole = true;
    yield { ...chunk({}), choices: [{ index: 0, delta: {}, finish_reason: tool === undefined ? "stop" : "tool_calls" }] };
  } finally {
    if (!whole) watch.onClose();
  }
}

function chunk(delta: unknown): { readonly id: string; readonly model: string; readonly choices: readonly unknown[] } {
  return { id: "r1", model: "m", choices: [{ index: 0, delta, finish_reason: null }] };
}
