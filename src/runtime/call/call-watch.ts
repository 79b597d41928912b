import { Fault } from "./fault.js";
import { onAbort } from "./on-abort.js";

export interface CallWatchOptions {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds for the whole call. */
  readonly timeout: number;
  /** Milliseconds without a byte while one is awaited. */
  readonly idleTimeout: number;
}

/**
 * Holds a call to its time and to its caller's signal. Every wait of a call goes through `wait`, one at a time, so that no
 * wait outlives an abort, whatever is waited for. One timer serves both limits: it is set anew when it fires, not at each
 * read, because reads come thousands a second.
 */
export class CallWatch {
  /** Why the call is over, once it is: nothing can be awaited any more. */
  ended: Fault | undefined;
  #controller: AbortController | undefined;
  #interrupt: ((reason: Error) => void) | undefined;
  #readingSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #letGo: (() => void) | undefined;
  readonly #deadline: number;
  readonly #options: CallWatchOptions;

  constructor(options: CallWatchOptions) {
    this.#options = options;
    this.#deadline = performance.now() + options.timeout;
    const { signal } = options;
    if (signal?.aborted) this.#end(new Fault("aborted"));
    else if (signal) this.#letGo = onAbort(signal, () => this.#end(new Fault("aborted")));
    if (this.ended === undefined) this.#arm();
  }

  /** Milliseconds until the deadline. */
  get remaining(): number {
    return this.#deadline - performance.now();
  }

  /** A new signal for one request: it is aborted when the call ends, and when the request is idle for too long. */
  beginRequest(): AbortSignal {
    const controller = new AbortController();
    this.#controller = controller;
    if (this.ended !== undefined) controller.abort(this.ended);
    return controller.signal;
  }

  /** Ends the request that is under way, if any; its connection is closed. */
  endRequest(): void {
    this.#controller?.abort();
  }

  /** Waits for `work`, a byte from the API if `reading`. @throws {Fault} `aborted`, `idle`, `deadline`, or what `work` ends with */
  wait<W>(work: PromiseLike<W>, reading = false): Promise<W> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      if (reading) this.#readingSince = performance.now();
      work.then(
        (value) => {
          this.#settle(reject);
          resolve(value);
        },
        (error: unknown) => {
          this.#settle(reject);
          reject(error);
        },
      );
      if (this.ended !== undefined) reject(this.ended);
    });
  }

  /** After an interruption another wait may have begun: its state is not that of the one that settles. */
  #settle(wait: (reason: Error) => void): void {
    if (this.#interrupt === wait) this.#interrupt = this.#readingSince = undefined;
  }

  /** Waits, but not past the end of the call. */
  async sleep(milliseconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.wait(new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds))));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets go of the timer and of the caller's signal. */
  close(): void {
    clearTimeout(this.#timer);
    this.#letGo?.();
  }

  #end(reason: Fault): void {
    this.ended = reason;
    this.close();
    this.#stop(reason);
  }

  #stop(reason: Fault): void {
    this.#controller?.abort(reason);
    this.#interrupt?.(reason);
  }

  #arm(): void {
    const now = performance.now();
    const idleEnd = (this.#readingSince ?? now) + this.#options.idleTimeout;
    // setTimeout takes 31 bits of milliseconds; more would fire at once.
    const delay = Math.min(Math.max(Math.min(this.#deadline, idleEnd) - now, 1), 2 ** 31 - 1);
    this.#timer = setTimeout(() => this.#onTimer(now + delay), delay);
  }

  #onTimer(due: number): void {
    const now = performance.now();
    // A timer that is late tells that this process was busy: bytes may wait unread, and the API is not to blame for that time.
    if (this.#readingSince !== undefined) this.#readingSince += now - due;
    if (now >= this.#deadline) return this.#end(new Fault("deadline"));
    if (this.#readingSince !== undefined && now - this.#readingSince >= this.#options.idleTimeout) {
      this.#readingSince = undefined;
      this.#stop(new Fault("idle"));
    }
    this.#arm();
  }
}
