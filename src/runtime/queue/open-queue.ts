import { type ConnectionOptions, Queue } from "bullmq";

/**
 * Opens a queue. Connections that are lost later come back by themselves.
 *
 * @throws the first error of the connection, which BullMQ alone would try for ever
 */
export async function openQueue<D>(name: string, connection: ConnectionOptions): Promise<Queue<D>> {
  const queue = new Queue<D>(name, { connection });
  try {
    await new Promise<void>((resolve, reject) => {
      queue.on("error", reject);
      queue.waitUntilReady().then(() => resolve(), reject);
    });
    return queue;
  } catch (error) {
    // Closed at once it would leave a rejection of its own that nobody takes.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await queue.close();
    throw error;
  }
}
