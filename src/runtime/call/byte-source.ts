/** Something that is read piece by piece. */
export interface Source<C> {
  read(): Promise<{ readonly done?: boolean | undefined; readonly value?: C | undefined }>;
  /** Lets go of it; never waits, never throws. */
  cancel(): void;
}

/** Reads a response's body: a web stream, or a Node one (node-fetch, which the SDK uses on Node). */
export function byteSource(body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): Source<Uint8Array> {
  if (!("getReader" in body)) return iteratorSource(body);
  const reader = body.getReader();
  return { read: () => reader.read(), cancel: () => void reader.cancel().catch(ignore) };
}

export function iteratorSource<C>(iterable: AsyncIterable<C>): Source<C> {
  const iterator = iterable[Symbol.asyncIterator]();
  return {
    read: () => iterator.next(),
    // `return` of an async generator waits for a pending `next`: nobody waits for it here.
    cancel: () => void iterator.return?.().then(ignore, ignore),
  };
}

/** Reads to the end of a body whose message is over, so that its connection can be used again; not for longer than half a second. */
export async function drain(source: Source<unknown>): Promise<void> {
  const timer = setTimeout(() => source.cancel(), 500);
  try {
    while ((await source.read()).done !== true);
  } catch {
    // The message was complete: how its connection ends matters to nobody.
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}
