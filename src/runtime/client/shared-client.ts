import type { ChatClient } from "../options.js";
import { environment } from "./environment.js";
import { sdkClient } from "./sdk-client.js";

interface Shared {
  readonly key: string;
  readonly client: ChatClient;
}

const slot: unique symbol = Symbol.for("schemacast.sharedClient");

/**
 * The client of all calls that name none, so that they share its connections. It lives on `globalThis`, the one place that
 * copies of this package share; a changed environment (tests, key rotation) makes a new one.
 */
export function sharedClient(): ChatClient {
  const host: typeof globalThis & { [slot]?: Shared } = globalThis;
  const key = JSON.stringify([environment("CEREBRAS_API_KEY"), environment("CEREBRAS_BASE_URL")]);
  if (host[slot]?.key !== key) host[slot] = { key, client: sdkClient() };
  return host[slot].client;
}
