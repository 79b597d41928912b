import { isOrder, type Order } from "@example/extractors/order";

/** The orders in a list of unknown values. */
export function onlyOrders(values: readonly unknown[]): readonly Order[] {
  return values.filter(isOrder);
}
