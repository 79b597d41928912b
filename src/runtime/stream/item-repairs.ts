import type { FinishedCall } from "../call/details.js";
import { Fault } from "../call/fault.js";
import type { ExtractionDetails } from "../options.js";
import { addCalls, repairItem, type RepairJob } from "./repair-item.js";

/** The items of one answer that were not valid and are asked for again, one after the other, while the answer goes on. */
export class ItemRepairs<C> {
  readonly #job: RepairJob<C>;
  /** By their place in the answer: the valid value. */
  readonly #mended = new Map<number, unknown>();
  readonly #calls: FinishedCall<unknown>[] = [];
  #running: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(job: RepairJob<C>) {
    this.#job = job;
  }

  /** @param mended is told of the valid value, decoded */
  add(value: unknown, index: number, mended: (valid: unknown) => void): void {
    this.#running = this.#running.then(async () => {
      if (this.#failure !== undefined) return;
      try {
        const call = await repairItem(this.#job, value, index);
        this.#calls.push(call);
        this.#mended.set(index, call.value);
        mended(call.value);
      } catch (error) {
        this.#failure = { error };
      }
    });
  }

  /** The list with the mended items in their places, once all are mended. @throws {Fault} `final` where one could not be */
  async settle(list: unknown): Promise<unknown> {
    await this.#running;
    if (this.#failure !== undefined) throw new Fault("final", { cause: this.#failure.error });
    if (!Array.isArray(list)) return list;
    const others: readonly unknown[] = list;
    let taken = 0;
    return Array.from({ length: others.length + this.#mended.size }, (_, index) =>
      this.#mended.has(index) ? this.#mended.get(index) : others[taken++],
    );
  }

  /** The details of the whole call, with what the repairs took. */
  addTo<R>(details: ExtractionDetails<R>): ExtractionDetails<R> {
    return addCalls(details, this.#calls);
  }
}
