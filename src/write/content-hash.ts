const carriageReturn = 0x0d;

/**
 * Fingerprint of a text file: 128 bits of SHA-256 in hex. Line ends count as `\n`, so that a checkout with CRLF (Git's
 * autocrlf) has the same fingerprints as one without, and a committed manifest fits both.
 */
export function contentHash(content: Uint8Array | string): string {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  // Loading node:crypto takes 6 ms, which a run that need not hash is spared.
  const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
  if (!bytes.includes(carriageReturn)) return hash.update(bytes).digest("hex").slice(0, 32);
  return hash.update(withoutCarriageReturns(bytes)).digest("hex").slice(0, 32);
}

/** The text with `\n` for `\r\n`. */
export function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
