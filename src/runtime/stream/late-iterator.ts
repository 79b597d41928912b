/** An iterator that is not there yet. */
export class LateIterator<T> implements AsyncIterableIterator<T> {
  readonly #iterator: Promise<AsyncIterator<T>>;

  constructor(iterator: Promise<AsyncIterator<T>>) {
    this.#iterator = iterator;
    // Whoever reads it is told of its failure.
    iterator.catch(() => {});
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T>> {
    return (await this.#iterator).next();
  }

  async return(): Promise<IteratorResult<T>> {
    const iterator = await this.#iterator;
    return iterator.return?.() ?? { done: true, value: undefined };
  }
}
