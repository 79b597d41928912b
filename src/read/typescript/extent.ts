/** How many objects, lists and unions one exported type may bring in. Stripe's `Subscription` has more than 5000. */
const mostTypes = 10_000;

/** How many types may stand in one another as one text: each takes some of the call stack, which holds about twice as many. */
const deepestTypes = 500;

/** From here on, types with names wait until the call stack is free again. */
const deepTypes = 200;

/**
 * What one exported type has brought in so far, so that reading ends also where types multiply (schema.org's lead to hundreds
 * of thousands). Counted and not timed: the same source always ends the same way.
 */
export class Extent {
  #types = 0;
  #depth = 0;
  #excess: string | undefined;

  /** What there is too much of; once there is, nothing more is converted. */
  get excess(): string | undefined {
    return this.#excess;
  }

  /** Whether so much stands in one another that what can wait should. */
  get isDeep(): boolean {
    return this.#depth >= deepTypes;
  }

  /** Begins the next exported type. What the ones before it brought in is there already, and not counted again. */
  begin(): void {
    this.#types = 0;
  }

  /** Makes what a type comes to, or nothing where that would be too much. */
  within<T>(counts: boolean, make: () => T): T | undefined {
    if (counts) this.#types++;
    if (this.#types > mostTypes) this.#excess ??= `leads to more than ${mostTypes} objects, lists and unions`;
    if (this.#depth >= deepestTypes) this.#excess ??= `leads to types that stand more than ${deepestTypes} deep in one another`;
    if (this.#excess !== undefined) return undefined;
    this.#depth++;
    try {
      return make();
    } finally {
      this.#depth--;
    }
  }
}
