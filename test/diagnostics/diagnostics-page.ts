import type { MessageEntry } from "../../src/diagnostics/message-table.js";

const rooms: readonly (readonly [folder: string, title: string, about: string])[] = [
  ["read", "Reading", "What a schema file or a TypeScript source says, and whether it can be read."],
  ["lower", "Lowering", "What the provider accepts, and what had to change on the way there."],
  ["emit", "Emitting", "The generated code."],
  ["write", "Writing", "Files on the disk."],
  ["config", "Configuration", "Settings and flags."],
];

/** docs/diagnostics.md, made from the message tables. */
export function diagnosticsPage(messages: Readonly<Record<string, MessageEntry>>): string {
  const lines = [
    "# Diagnostics",
    "",
    "Every message has a stable code, a severity, the place it is about (`file:line:column`) and a hint. `{words}` in braces are filled in.",
    "An error stops the file it stands in; a warning and an info do not. This page is made from the tables in `src/diagnostics`",
    "(`npx vitest run test/diagnostics -u` rewrites it).",
  ];
  for (const [folder, title, about] of rooms) {
    const entries = Object.entries(messages).filter(([code]) => code.startsWith(`${folder}/`));
    if (entries.length === 0) continue;
    lines.push("", `## ${title}`, "", about, "", "| code | severity | message |", "|---|---|---|");
    for (const [code, entry] of entries) lines.push(`| [\`${code}\`](#${anchor(code)}) | ${entry.severity} | ${cell(entry.message)} |`);
    for (const [code, entry] of entries) {
      lines.push(
        "",
        `### ${code}`,
        "",
        `**${entry.severity}**: ${text(entry.message)}`,
        "",
        text(entry.explanation),
        "",
        `*What to do:* ${text(entry.hint)}`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The anchor Markdown renderers give a heading of this text. */
function anchor(code: string): string {
  return code.toLowerCase().replace(/[^a-z\d -]/g, "");
}

function cell(message: string): string {
  return text(message).replaceAll("|", "\\|");
}

/** Angle brackets outside code would be taken for HTML. */
function text(message: string): string {
  return message
    .split("`")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "&lt;") : part))
    .join("`");
}
