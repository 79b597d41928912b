/** `https://a.example, https://b.example/` → origins. */
export function originsOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => (URL.canParse(part) ? new URL(part).origin : part));
}
