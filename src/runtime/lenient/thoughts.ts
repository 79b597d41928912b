const names = "think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad|seed:think";

/** What begins a thought: a tag, also in other brackets, or the channel of gpt-oss, where a server lets its marks through. */
export const thoughtBegins: string = `<(?:${names})(?:\\s[^<>]*)?>|\\[think\\]|◁think▷|<\\|begin_of_thought\\|>|<\\|channel\\|>analysis<\\|message\\|>`;

/** Where the thought that begins with `sign` at `at` ends; the text's end where nothing closes it. */
export function endOfThought(text: string, at: number, sign: string): number {
  const close = new RegExp(closeOf(sign), "i").exec(text.slice(at));
  return close ? at + close.index + close[0].length : text.length;
}

function closeOf(sign: string): string {
  if (sign.startsWith("[")) return "\\[/think\\]";
  if (sign.startsWith("◁")) return "◁/think▷";
  if (sign.startsWith("<|begin")) return "<\\|end_of_thought\\|>";
  if (sign.startsWith("<|")) return "<\\|(?:end|start|return|call)\\|>";
  return `</${/^<([^\s>]+)/.exec(sign)?.[1] ?? ""}>`;
}

/** A thought that nothing opens: some servers swallow the tag, or the brackets around the channels of gpt-oss. */
export const unopenedThought: RegExp = /<\/(think|thinking)>|^\s*analysis[^\s:=][\s\S]*?assistantfinal/i;
