import { Fault } from "../call/fault.js";
import { repairItem, type RepairJob } from "./repair-item.js";

/** The items of a list that were not valid and are asked for again, one after the other, while the list goes on. */
export class ItemRepairs<C> {
  readonly #job: Omit<RepairJob<C>, "signal">;
  /** By their place in the list: the valid value. */
  readonly #mended = new Map<number, unknown>();
  #running: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #controller = new AbortController();

  constructor(job: Omit<RepairJob<C>, "signal">) {
    this.#job = job;
  }

  /** @param mended is told of the valid value, decoded */
  add(value: unknown, index: number, mended: (valid: unknown) => void): void {
    const { signal } = this.#controller;
    this.#running = this.#running.then(async () => {
      if (this.#failure !== undefined || signal.aborted) return;
      try {
        const valid = await repairItem({ ...this.#job, signal }, value, index);
        if (signal.aborted) return;
        this.#mended.set(index, valid);
        mended(valid);
      } catch (error) {
        if (!signal.aborted) this.#failure = { error };
      }
    });
  }

  /** The list begins anew: nobody waits for these items any more. */
  cancel(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#mended.clear();
    this.#failure = undefined;
  }

  /** Ends what is under way. Settles when all that was sent is recorded. */
  stop(): Promise<void> {
    this.#controller.abort();
    return this.#running;
  }

  /** The list with the mended items in their places, once all are mended. @throws {Fault} `final` where one could not be; what the caller's own code ended with */
  async settle(list: unknown): Promise<unknown> {
    await this.#running;
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      throw error instanceof Fault ? error : new Fault("final", { cause: error });
    }
    if (!Array.isArray(list)) return list;
    const others: readonly unknown[] = list;
    let taken = 0;
    return Array.from({ length: others.length + this.#mended.size }, (_, index) =>
      this.#mended.has(index) ? this.#mended.get(index) : others[taken++],
    );
  }
}
