import type { IncomingMessage } from "node:http";

/**
 * The headers that let pages of `allowed` (`*`, or one origin) call the emulator from a browser and read all of its headers.
 *
 * `Authorization` is not covered by a `*` in `access-control-allow-headers`, so the names that a preflight asks for are told back.
 */
export function crossOriginHeaders(request: IncomingMessage, allowed: string | undefined): Readonly<Record<string, string>> {
  if (allowed === undefined || request.headers.origin === undefined) return {};
  const asked = request.headers["access-control-request-headers"];
  return {
    "access-control-allow-origin": allowed,
    "access-control-expose-headers": "*",
    ...(asked !== undefined && {
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": asked,
      "access-control-max-age": "600",
    }),
    ...(allowed !== "*" && { vary: "origin" }),
  };
}

/**
 * Whether a request names this machine. A page of another site may let its own name lead here (DNS rebinding), and would then read recordings
 * as if they were its own. Addresses, and names that no public server knows, can't be used for that (RFC 6761; `host.docker.internal`).
 */
export function isOurs(host: string | undefined): boolean {
  const name = (host ?? "localhost").replace(/:\d*$/, "").toLowerCase();
  return /^(?:.*\.)?(?:localhost|internal|test)$/.test(name) || /^[\d.]+$|^\[[\da-f:.]+\]$/.test(name);
}

/** Whether a browser asks if it may send a request: answered before keys and routes, and not recorded. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;
}
