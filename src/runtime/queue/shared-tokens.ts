import type { Worker } from "bullmq";

const command = "schemacastSpend";
const lua = `
local spent = redis.call("INCRBY", KEYS[1], ARGV[1])
if spent == tonumber(ARGV[1]) then redis.call("PEXPIRE", KEYS[1], 60000) end
return { spent, redis.call("PTTL", KEYS[1]) }`;

/**
 * Counts tokens for all workers of a queue, in minutes that begin with the first token.
 *
 * @returns milliseconds to wait when the minute's budget is spent, else 0
 */
export async function spendTokens(worker: Worker, tokens: number, budget: number): Promise<number> {
  if (tokens <= 0) return 0;
  const client = await worker.client;
  client.defineCommand(command, { numberOfKeys: 1, lua });
  const [spent, left]: [number, number] = await client.runCommand(command, [worker.toKey("schemacast-tokens"), tokens]);
  return spent >= budget ? Math.max(0, left) : 0;
}
