export { queueEach, type QueueEachOptions } from "./queue/queue-each.js";
export { startQueueWorker, type QueueWorker, type QueueWorkerOptions } from "./queue/start-queue-worker.js";
