/** What the model says to one request, before it is put on the wire. */
export interface Answer {
  /** Absent: no reasoning is told. */
  readonly reasoning?: string;
  /** Absent: there is no `content` key. */
  readonly content?: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: "stop" | "tool_calls" | "length" | "content_filter";
}

export interface ToolCall {
  /** Nine hex digits. */
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}
